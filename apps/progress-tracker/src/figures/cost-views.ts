import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import type { CostTable } from './cost-table';
import { FigureView } from './stats-views';

class BilledView {
  @ApiProperty({ example: 'USD', description: 'ISO 4217' }) currency!: string;
  @ApiProperty({ example: 12.34 }) amount!: number;
  @ApiProperty({ description: 'How many of the texts it is of' }) messages!: number;
}

class CostFigures {
  @ApiProperty({ description: 'Texts that the carrier took; refused ones cost nothing' }) messages!: number;
  @ApiProperty() segments!: number;
  @ApiProperty({
    description: 'How many of the texts have no number of segments: WhatsApp, and some replies',
  })
  unmeasured!: number;
  @ApiProperty({ type: Number, nullable: true, description: '`segments` at `segmentPrice`' })
  cost!: number | null;
  @ApiProperty({
    type: [BilledView],
    description:
      'What the carrier charged, by currency, for the texts whose price was recorded; `cost` is reckoned',
  })
  billed!: readonly BilledView[];
  @ApiProperty({
    type: Number,
    nullable: true,
    description: 'Drills completed by runs that began in these days; null by what runs are not grouped by',
  })
  completed!: number | null;
  @ApiProperty({ type: Number, nullable: true, description: '`cost` by `completed`; null without any' })
  perCompleted!: number | null;
}

class CostLineView extends CostFigures {
  @ApiProperty({
    type: 'object',
    additionalProperties: { type: 'string', nullable: true },
    example: { employerId: 'acme', direction: 'outbound' },
    description: 'What the line is of; null for texts of which the log does not know it',
  })
  group!: object;
}

/** What texts came to. */
export class CostView extends FigureView {
  @ApiProperty({ type: [CostLineView] }) lines!: readonly CostLineView[];
  @ApiProperty({ type: CostFigures, description: 'Counts each text once' }) total!: CostFigures;
  @ApiProperty({ type: Number, nullable: true, description: 'What one segment costs, in and out alike' })
  segmentPrice!: number | null;
  @ApiPropertyOptional({ description: 'Why nothing has a cost' }) unpriced?: string;
  @ApiProperty({ description: 'What these figures leave out' }) without!: string;
}

const unpriced = 'the service knows no price of a segment: SMS_SEGMENT_PRICE is not set';

/** A table of costs as the API answers it. */
export const costView = (table: CostTable, segmentPrice: number | undefined, asOf: Date): CostView => ({
  asOf: asOf.toISOString(),
  days: 'in UTC, on which the carrier took or gave a text; of completed drills the local days on which runs began',
  attribution:
    'employer, unit, language and drill are what the text was sent for; of a text that came in the employer, unit and ' +
    'language of its trainee once it was decided on, and no drill; what earlier releases kept names less',
  segmentPrice: segmentPrice ?? null,
  ...(segmentPrice === undefined && { unpriced }),
  without:
    'texts that the carrier refused; of the cost, what has no segments; for a key of some employers, all texts that name none',
  ...table,
});
