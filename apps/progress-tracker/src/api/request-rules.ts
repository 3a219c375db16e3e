import { phoneAsTyped } from '@stopcovid/contracts';
import type { TransformFnParams } from 'class-transformer';
import { ValidateIf } from 'class-validator';

/** A phone number in E.164. */
export const e164 = /^\+[1-9]\d{6,14}$/;
export const e164Message = '$property must be a phone number in E.164, for example +12025550143';

/** Takes away from a typed phone what nobody sees. For `Transform`. */
export const asTyped = ({ value }: TransformFnParams): unknown =>
  typeof value === 'string' ? phoneAsTyped(value) : value;

/** Unlike IsOptional it does not let null through: a field that may be left out is not one that may be null. */
export const Optional = (): PropertyDecorator => ValidateIf((_request, value) => value !== undefined);

/** A query says 'true'; what is neither word stays as it is, for the validator to refuse. For `Transform`. */
export const toBoolean = ({ value }: TransformFnParams): unknown => {
  if (value === 'true') return true;
  return value === 'false' ? false : value;
};

/** In a query a plus that is not written as %2B is a space. For `Transform`. */
export const withPlus = ({ value }: TransformFnParams): unknown =>
  typeof value === 'string' ? value.replace(/^ (?=\d)/, '+') : value;

/** The same of the offset that a time ends in. For `Transform`. */
export const plusOfOffset = ({ value }: TransformFnParams): unknown =>
  typeof value === 'string' ? value.replace(/ (?=\d\d:\d\d$)/, '+') : value;
