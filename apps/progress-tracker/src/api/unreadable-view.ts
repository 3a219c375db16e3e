import { ApiProperty } from '@nestjs/swagger';

/** What a page should show and cannot: a later release wrote the document, or somebody's hand. */
export class UnreadableView {
  @ApiProperty({ description: 'The id of the document: of a trainee, the phone' }) id!: string;
  @ApiProperty({ description: 'Which fields are wrong, without their values' }) reason!: string;
}
