import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { DocumentBuilder, SwaggerModule, type OpenAPIObject } from '@nestjs/swagger';
import { openApiWebhooks } from '../webhooks/open-api-webhooks';
import { ProblemView, withProblems } from '../problems/problem-view';

const description =
  'Who is in training, how far they are, and what they answered. Every request but the ones to this page needs an ' +
  'API key: `Authorization: Bearer <key>`. What goes wrong is answered as `application/problem+json` (RFC 9457).';

type Parameter = {
  readonly name: string;
  readonly required?: boolean;
  description?: string;
  example?: unknown;
  readonly schema?: object & { example?: unknown };
};

const isParameter = (each: object): each is Parameter => 'name' in each;

/* The page fills an example in, and whoever tries a route out would filter by it unawares. */
const tellExample = (parameter: Parameter): void => {
  const example = parameter.example ?? parameter.schema?.example;
  if (parameter.required === true || example === undefined) return;
  delete parameter.example;
  delete parameter.schema?.example;
  parameter.description = [parameter.description, `for example \`${String(example)}\``]
    .filter(Boolean)
    .join('; ');
};

const parametersIn = (document: OpenAPIObject): readonly Parameter[] =>
  Object.values(document.paths)
    .flatMap(({ get, post, put, delete: remove }) => [get, post, put, remove])
    .flatMap((operation): readonly object[] => operation?.parameters ?? [])
    .filter(isParameter);

const isSchema = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null;

/* What may be null is said by `nullable` in OpenAPI 3.0, which 3.1 does not know. */
const tellNulls = (value: unknown): void => {
  if (!isSchema(value)) return;
  Object.values(value).forEach(tellNulls);
  if (value['nullable'] !== true) return;
  delete value['nullable'];
  if (value['allOf'] === undefined) value['type'] = [value['type'], 'null'];
  else {
    value['anyOf'] = [...(value['allOf'] as readonly unknown[]), { type: 'null' }];
    delete value['allOf'];
    delete value['type'];
  }
};

/** The OpenAPI document of the routes of an app, and of what webhooks are sent. */
export const openApiOf = (app: NestFastifyApplication): OpenAPIObject => {
  const about = new DocumentBuilder()
    .setTitle('Progress of trainees')
    .setDescription(description)
    .setVersion('1')
    .setOpenAPIVersion('3.1.0')
    .addBearerAuth({ type: 'http', scheme: 'bearer' })
    .build();
  const document = withProblems(SwaggerModule.createDocument(app, about, { extraModels: [ProblemView] }));
  parametersIn(document).forEach(tellExample);
  tellNulls(document);
  return { ...document, webhooks: openApiWebhooks() };
};
