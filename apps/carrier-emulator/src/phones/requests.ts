import { IsInt, IsNumber, IsOptional, IsString, Length, Matches, Max, Min } from 'class-validator';

const address = /^(?:whatsapp:)?\+[1-9]\d{6,14}$/;
const notAnAddress = { message: '$property must be in E.164, for example +12025550143' };

/** A new phone; without a number it gets a free one from the range kept for fiction. */
export class NewPhone {
  @IsOptional()
  @Matches(address, notAnAddress)
  number?: string;

  @IsOptional()
  @IsString()
  @Length(1, 40)
  name?: string;
}

/** A text typed on a phone. */
export class NewText {
  @Matches(address, notAnAddress)
  from!: string;

  @IsString()
  @Length(1, 6_400)
  text!: string;
}

/** Faults to set; what is left out stays as it is. */
export class NewSettings {
  @IsOptional() @IsInt() @Min(0) @Max(60_000) answerDelayMs?: number;
  @IsOptional() @IsNumber() @Min(0) @Max(1) failAfterAccepting?: number;
  @IsOptional() @IsNumber() @Min(0) @Max(1) dropAfterAccepting?: number;
  @IsOptional() @IsNumber() @Min(0) @Max(1) throttle?: number;
  @IsOptional() @IsInt() @Min(0) @Max(3_600) retryAfterSeconds?: number;
  @IsOptional() @IsNumber() @Min(0) @Max(1) duplicateCallbacks?: number;
  @IsOptional() @IsNumber() @Min(0) @Max(1) undelivered?: number;
}
