import { Controller, Get, HttpCode, Inject, Post } from '@nestjs/common';
import { MADE_UP_COMPANY, type MadeUpCompany, type MadeUpCompanyState } from './made-up-company';

/** A made-up company for the dashboard; only a playground has it. */
@Controller('emulator/api/company')
export class CompanyController {
  constructor(@Inject(MADE_UP_COMPANY) private readonly company: MadeUpCompany) {}

  @Get()
  read(): MadeUpCompanyState {
    return this.company.state();
  }

  @Post()
  @HttpCode(202)
  fill(): MadeUpCompanyState {
    return this.company.fill();
  }
}
