import { Type } from 'class-transformer';
import {
  IsBoolean,
  IsInt,
  IsNumber,
  IsOptional,
  IsString,
  Length,
  Max,
  Min,
  ValidateBy,
  ValidateNested,
} from 'class-validator';
import { crowdNumbersAtMost } from '../carrier/crowd-numbers';
import { given } from '../phones/given';
import { usualBehaviour, type LoadPlan } from './behaviour';
import { placesIn } from './places';

const longestThoughtMs = 3_600_000;

const readablePlaces = {
  name: 'places',
  validator: {
    validate: (value: unknown) => typeof value === 'string' && placesIn(value) !== undefined,
    defaultMessage: () => 'places must name numbers of the crowd, as 0-99,205 does',
  },
};

/** How people behave; what is left out is as usual. */
export class NewBehaviour {
  @IsOptional() @IsString() @Length(1, 64) code?: string;
  @IsOptional() @IsInt() @Min(0) @Max(longestThoughtMs) thinkFromMs?: number;
  @IsOptional() @IsInt() @Min(0) @Max(longestThoughtMs) thinkToMs?: number;
  @IsOptional() @IsNumber() @Min(0) @Max(1) typo?: number;
  @IsOptional() @IsNumber() @Min(0) @Max(1) wrongWord?: number;
  @IsOptional() @IsNumber() @Min(0) @Max(1) ignore?: number;
  @IsOptional() @IsNumber() @Min(0) @Max(1) stop?: number;
  @IsOptional() @IsNumber() @Min(0) @Max(1) comeBack?: number;
  @IsOptional() @IsNumber() @Min(0) @Max(1) more?: number;
  @IsOptional() @IsNumber() @Min(0) @Max(1) hasty?: number;
  @IsOptional() @IsNumber() @Min(0) @Max(1) silent?: number;
}

/** A load to start. */
export class NewLoad {
  @IsOptional() @IsInt() @Min(0) @Max(0xffff_ffff) seed?: number;
  @IsOptional() @IsInt() @Min(1) @Max(crowdNumbersAtMost) phones?: number;
  @IsOptional() @IsString() @ValidateBy(readablePlaces) places?: string;
  @IsOptional() @IsNumber() @Min(0.01) @Max(10_000) messagesPerSecond?: number;
  @IsOptional() @IsNumber() @Min(0.1) @Max(604_800) durationSeconds?: number;
  @IsOptional() @IsNumber() @Min(0) @Max(86_400) rampSeconds?: number;
  @IsOptional() @IsInt() @Min(1) texts?: number;
  @IsOptional() @IsBoolean() registered?: boolean;
  @IsOptional() @ValidateNested() @Type(() => NewBehaviour) behaviour?: NewBehaviour;
}

const usual = { seed: 1, phones: 100, durationSeconds: 60, registered: false };
/** People who go at their own pace begin at this rate, unless the request says over how many seconds. */
const beginnersPerSecond = 50;

/** The plan that a request asks for; `code` is what people text first when the request does not say. */
export const planOf = (request: NewLoad, code: string | undefined): LoadPlan => {
  const { behaviour = {}, places: named, ...rest } = request;
  const places = named === undefined ? undefined : placesIn(named);
  const phones = places?.length ?? rest.phones ?? usual.phones;
  return {
    ...usual,
    rampSeconds: phones / beginnersPerSecond,
    ...given(rest),
    phones,
    ...(places && { places }),
    behaviour: { ...usualBehaviour, ...(code === undefined ? {} : { code }), ...given(behaviour) },
  };
};
