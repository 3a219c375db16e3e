import { Catch, ServiceUnavailableException, type ArgumentsHost, type ExceptionFilter } from '@nestjs/common';
import { DocumentUnreadable } from '../progress/progress-store';

/**
 * Answers 503 where a document that was asked for cannot be read, whichever route asked. Waiting heals it, or an operator
 * does: its phone waits meanwhile.
 */
@Catch(DocumentUnreadable)
export class AnswerUnreadable implements ExceptionFilter<DocumentUnreadable> {
  catch({ message }: DocumentUnreadable, host: ArgumentsHost): void {
    const answer = new ServiceUnavailableException(`A document cannot be read here (${message}).`);
    const reply: { status(code: number): { send(body: unknown): void } } = host.switchToHttp().getResponse();
    reply.status(answer.getStatus()).send(answer.getResponse());
  }
}
