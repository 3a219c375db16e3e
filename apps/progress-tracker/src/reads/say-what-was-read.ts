import { SetMetadata, type CallHandler, type ExecutionContext, type NestInterceptor } from '@nestjs/common';
import type { WasRead } from '@stopcovid/runtime';
import { tap, type Observable } from 'rxjs';
import { ListFile } from '../files/list-file';

const declaration = Symbol('reads persons');

/** Declares a route whose answers tell of persons: who had how many of them is in the log, under this name of a list. */
export const ReadsPersons = (list: string): MethodDecorator => SetMetadata(declaration, list);

/* The rows of a file are counted as they are sent: how many there were is known when it has ended or broken off. */
const countOf = (body: unknown): (() => number) => {
  if (body instanceof ListFile) return body.parts.rows;
  const items: unknown = typeof body === 'object' && body !== null ? Reflect.get(body, 'items') : undefined;
  const count = Array.isArray(items) ? items.length : 1;
  return () => count;
};

/** Leaves with a request what its line in the log says of the persons that were read. Nothing where nothing was. */
export class SayWhatWasRead implements NestInterceptor {
  intercept(context: ExecutionContext, next: CallHandler): Observable<unknown> {
    const list = Reflect.getMetadata(declaration, context.getHandler()) as string | undefined;
    if (list === undefined) return next.handle();
    const request = context.switchToHttp().getRequest<WasRead>();
    return next.handle().pipe(
      tap((body) => {
        if (body === undefined) return;
        const count = countOf(body);
        request.wasRead = () => ({ list, count: count() });
      }),
    );
  }
}
