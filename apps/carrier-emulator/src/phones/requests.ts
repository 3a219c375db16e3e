import {
  ArrayMaxSize,
  IsBoolean,
  IsIn,
  IsInt,
  IsNumber,
  IsOptional,
  IsString,
  IsUrl,
  Length,
  Matches,
  Max,
  Min,
} from 'class-validator';
import type { Garbage } from '../carrier/faults';

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

/** A phone named in a path. */
export class PhoneInPath {
  @Matches(address, notAnAddress)
  phone!: string;
}

/** Where a reader of what was accepted left off, and how many rows it takes at once; all, where it does not say. */
export class AfterSequence {
  @IsOptional()
  @Matches(/^\d{1,15}$/, { message: '$property must be the sequence number of a message' })
  after?: string;

  @IsOptional()
  @Matches(/^[1-9]\d{0,5}$/, { message: '$property must be a number from 1 to 999999' })
  limit?: string;
}

/** A text typed on a phone. */
export class NewText {
  @Matches(address, notAnAddress)
  from!: string;

  @IsString()
  @Length(0, 6_400)
  text!: string;

  /** Pictures or recordings that come with the text, by their addresses. */
  @IsOptional()
  @ArrayMaxSize(10)
  @IsUrl({ require_tld: false, require_protocol: true, protocols: ['http', 'https'] }, { each: true })
  media?: string[];
}

const garbage: readonly Garbage[] = ['none', 'html', 'truncated', 'errorIn200'];
const longestDelayMs = 600_000;

/** Faults of a phone to set; what is left out stays as it is. */
export class NewFaults {
  @IsOptional() @IsInt() @Min(0) @Max(99_999) errorCode?: number;
  @IsOptional() @IsInt() @Min(0) @Max(longestDelayMs) answerDelayMs?: number;
  @IsOptional() @IsNumber() @Min(0) @Max(1) failAfterAccepting?: number;
  @IsOptional() @IsNumber() @Min(0) @Max(1) dropAfterAccepting?: number;
  @IsOptional() @IsNumber() @Min(0) @Max(1) throttle?: number;
  @IsOptional() @IsInt() @Min(0) @Max(3_600) retryAfterSeconds?: number;
  @IsOptional() @IsIn(garbage) garbage?: Garbage;
  @IsOptional() @IsNumber() @Min(0) @Max(1) undelivered?: number;
  @IsOptional() @IsNumber() @Min(0) @Max(1) missingCallbacks?: number;
  @IsOptional() @IsNumber() @Min(0) @Max(1) reorderCallbacks?: number;
  @IsOptional() @IsNumber() @Min(0) @Max(1) duplicateCallbacks?: number;
  @IsOptional() @IsInt() @Min(0) @Max(longestDelayMs) callbackDelayMs?: number;
  @IsOptional() @IsInt() @Min(0) @Max(longestDelayMs) listLagMs?: number;
  @IsOptional() @IsInt() @Min(0) @Max(longestDelayMs) listDelayMs?: number;
  @IsOptional() @IsIn(garbage) listGarbage?: Garbage;
  @IsOptional() @IsNumber() @Min(0) @Max(1) loseInbound?: number;
  @IsOptional() @IsNumber() @Min(0) @Max(1) reorderInbound?: number;
  @IsOptional() @IsNumber() @Min(0) @Max(1) duplicateInbound?: number;
  @IsOptional() @IsInt() @Min(0) @Max(longestDelayMs) inboundDelayMs?: number;
}

/** Settings of the whole carrier to set; what is left out stays as it is. */
export class NewSettings extends NewFaults {
  @IsOptional() @IsNumber() @Min(0) @Max(100_000) ratePerSecond?: number;
  @IsOptional() @IsBoolean() carrierOptOut?: boolean;
}
