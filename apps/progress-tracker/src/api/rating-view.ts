import { ApiProperty } from '@nestjs/swagger';
import { ratingOfSchema } from '@stopcovid/contracts';

/** Where on a scale a reply is. */
export class RatingView {
  @ApiProperty({ enum: ratingOfSchema.options }) asks!: string;
  @ApiProperty() value!: number;
  @ApiProperty({ description: 'The least of the scale' }) least!: number;
  @ApiProperty({ description: 'The most of the scale' }) most!: number;
}
