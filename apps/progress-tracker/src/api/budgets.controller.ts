import {
  Body,
  Controller,
  Delete,
  Get,
  HttpCode,
  Inject,
  NotFoundException,
  Param,
  Put,
} from '@nestjs/common';
import {
  ApiNoContentResponse,
  ApiNotFoundResponse,
  ApiOkResponse,
  ApiOperation,
  ApiProperty,
  ApiTags,
} from '@nestjs/swagger';
import { Asker, type Caller } from '@stopcovid/runtime';
import { IsInt, IsString, Length, Max, Min } from 'class-validator';
import type { BudgetStand } from '../budgets/budget';
import type { BudgetStore } from '../budgets/budget-store';
import { limited, Needs } from '../keys/needs';

/** What the routes of budgets need. */
export type Budgets = { readonly store: BudgetStore; readonly stands: () => Promise<readonly BudgetStand[]> };
/** Its token. */
export const BUDGETS = Symbol('BUDGETS');

class EmployerPath {
  @ApiProperty({ description: 'The id of the employer, as registration gave it' })
  @IsString()
  @Length(1, 128)
  readonly employerId!: string;
}

class BudgetBody {
  @ApiProperty({ description: 'Segments in a calendar month, UTC', minimum: 0, example: 20_000 })
  @IsInt()
  @Min(0)
  @Max(1_000_000_000)
  readonly segmentsPerMonth!: number;
}

class BudgetView implements BudgetStand {
  @ApiProperty()
  readonly employerId!: string;
  @ApiProperty({ description: 'Segments in a calendar month, UTC' })
  readonly segmentsPerMonth!: number;
  @ApiProperty({ description: 'YYYY-MM, UTC', example: '2026-03' })
  readonly month!: string;
  @ApiProperty({ description: 'Segments that went out this month' })
  readonly segments!: number;
  @ApiProperty({ description: 'Scheduled drills are no longer started; answers are never held up' })
  readonly spent!: boolean;
}

class BudgetListView {
  @ApiProperty({ type: [BudgetView] })
  readonly items!: readonly BudgetView[];
}

class SpentView {
  @ApiProperty({ type: [String], description: 'The employers whose budget of this month is spent' })
  readonly employerIds!: readonly string[];
}

@ApiTags('budgets')
@Controller('v1/budgets')
export class BudgetsController {
  constructor(@Inject(BUDGETS) private readonly budgets: Budgets) {}

  @Get()
  @ApiOperation({ summary: 'Each budget, and what is spent of it this month' })
  @Needs('analyst', limited)
  @ApiOkResponse({ type: BudgetListView })
  async list(@Asker() { employers }: Caller): Promise<BudgetListView> {
    return { items: await this.#standsOf(employers) };
  }

  @Get('spent')
  @ApiOperation({ summary: 'The employers whose budget is spent' })
  @Needs('analyst', limited)
  @ApiOkResponse({ type: SpentView })
  async spent(@Asker() { employers }: Caller): Promise<SpentView> {
    const stands = await this.#standsOf(employers);
    return { employerIds: stands.filter(({ spent }) => spent).map(({ employerId }) => employerId) };
  }

  @Put(':employerId')
  @ApiOperation({ summary: 'Set what an employer may cause in a month' })
  @Needs('admin')
  @HttpCode(204)
  @ApiNoContentResponse({ description: 'The budget holds from now on' })
  async put(@Param() { employerId }: EmployerPath, @Body() { segmentsPerMonth }: BudgetBody): Promise<void> {
    await this.budgets.store.put({ employerId, segmentsPerMonth });
  }

  @Delete(':employerId')
  @ApiOperation({ summary: 'Remove the limit of an employer' })
  @Needs('admin')
  @HttpCode(204)
  @ApiNoContentResponse({ description: 'The employer has no limit any more' })
  @ApiNotFoundResponse({ description: 'The employer had no budget' })
  async remove(@Param() { employerId }: EmployerPath): Promise<void> {
    if (!(await this.budgets.store.remove(employerId)))
      throw new NotFoundException('The employer had no budget.');
  }

  async #standsOf(employers: Caller['employers']): Promise<readonly BudgetStand[]> {
    const stands = await this.budgets.stands();
    return stands.filter(({ employerId }) => employers?.includes(employerId) ?? true);
  }
}
