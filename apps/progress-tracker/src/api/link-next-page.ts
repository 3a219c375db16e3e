import type { CallHandler, ExecutionContext, NestInterceptor } from '@nestjs/common';
import { tap, type Observable } from 'rxjs';

type Request = { readonly url: string };
type Reply = { readonly header: (name: string, value: string) => unknown };

const cursorIn = (body: unknown): string | undefined => {
  if (typeof body !== 'object' || body === null || !('nextCursor' in body)) return undefined;
  return typeof body.nextCursor === 'string' ? body.nextCursor : undefined;
};

/* Only the query: it holds whatever a proxy has made of the path. */
const linkTo = ({ url }: Request, cursor: string): string => {
  const query = new URLSearchParams(url.split('?')[1]);
  query.set('cursor', cursor);
  return `<?${query.toString()}>; rel="next"`;
};

/** Says beside each `nextCursor` where the next page is, as a link (RFC 8288). */
export class LinkNextPage implements NestInterceptor {
  intercept(context: ExecutionContext, next: CallHandler): Observable<unknown> {
    const http = context.switchToHttp();
    return next.handle().pipe(
      tap((body) => {
        const cursor = cursorIn(body);
        if (cursor !== undefined)
          http.getResponse<Reply>().header('link', linkTo(http.getRequest<Request>(), cursor));
      }),
    );
  }
}
