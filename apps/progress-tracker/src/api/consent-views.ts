import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import type { ConsentChange } from '../consent/consent-change';

/** One opt-in or opt-out. */
export class ConsentChangeView {
  @ApiProperty({ description: 'The version of the batch that recorded it; counts per phone' })
  sequence!: number;
  @ApiProperty({ description: 'The place of the event in its batch' }) index!: number;
  @ApiProperty({ format: 'date-time' }) at!: string;
  @ApiProperty({ enum: ['in', 'out'] }) consent!: string;
  @ApiProperty({ example: 'text', description: 'Where it came from: text, operator, carrier' })
  source!: string;
  @ApiPropertyOptional({ example: 'STOP', description: 'As it was understood' }) word?: string;
  @ApiPropertyOptional({ description: "The operator's reason, or what the carrier said" }) detail?: string;
  @ApiPropertyOptional({ example: 'es', description: 'ISO 639-1' }) language?: string;
  @ApiPropertyOptional({ description: "The text that changed it: the carrier's id" }) messageId?: string;
  @ApiProperty({ description: 'The command that was decided' }) commandId!: string;
}

/** All that one phone ever said of consent, in order. */
export class ConsentView {
  @ApiProperty({ example: '+12025550143' }) phone!: string;
  @ApiProperty({ type: [ConsentChangeView] }) items!: readonly ConsentChangeView[];
}

/** The proof of one phone's consent. */
export const consentView = (phone: string, changes: readonly ConsentChange[]): ConsentView => ({
  phone,
  items: changes.map(({ phone: _phone, at, ...change }) => ({ ...change, at: at.toISOString() })),
});
