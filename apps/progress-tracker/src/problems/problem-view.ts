import { ApiProperty, ApiPropertyOptional, getSchemaPath, type OpenAPIObject } from '@nestjs/swagger';
import { addressOf, catalogue, type ProblemKind } from './catalogue';
import type { RequestError } from './problem';

class RequestErrorView implements RequestError {
  @ApiProperty({ description: 'What is wrong, and what would be right' }) readonly detail!: string;
  @ApiPropertyOptional({ description: 'Of the address: of its path or its query' })
  readonly parameter?: string;
  @ApiPropertyOptional() readonly header?: string;
  @ApiPropertyOptional({ example: '#/labels/0', description: 'Into the body' }) readonly pointer?: string;
}

const kinds = Object.keys(catalogue) as readonly ProblemKind[];

/** RFC 9457. Some kinds have further members: docs/problems.md. */
export class ProblemView {
  @ApiProperty({
    example: addressOf('invalid-request'),
    description: `One of ${kinds.map((kind) => `\`${kind}\``).join(', ')} behind \`${addressOf('' as ProblemKind)}\`, or about:blank`,
  })
  readonly type!: string;
  @ApiProperty({ description: 'The same for all of a type' }) readonly title!: string;
  @ApiProperty({ example: 400 }) readonly status!: number;
  @ApiProperty({ description: 'What it is this time, for people' }) readonly detail!: string;
  @ApiProperty({
    example: 'urn:uuid:1f2e0b0a-5d0c-4f2e-9a35-6f3b8c1d2e4f',
    description: 'The log has it by this id',
  })
  readonly instance!: string;
  @ApiPropertyOptional({ type: [RequestErrorView] }) readonly errors?: readonly RequestErrorView[];
}

type Operation = { readonly responses?: Readonly<Record<string, object>> };

const operationsOf = (methods: object): readonly Operation[] =>
  Object.values(methods).filter((each): each is Operation => typeof each === 'object' && 'responses' in each);

const content = { 'application/problem+json': { schema: { $ref: getSchemaPath(ProblemView) } } };

/** Says of every answer that tells what went wrong what it looks like. */
export const withProblems = (document: OpenAPIObject): OpenAPIObject => {
  const responses = Object.values(document.paths)
    .flatMap(operationsOf)
    .flatMap((operation) => Object.entries(operation.responses ?? {}));
  for (const [status, response] of responses) if (Number(status) >= 400) Object.assign(response, { content });
  return document;
};
