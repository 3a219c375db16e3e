import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';
import { routes } from './routes';

type Schema = {
  readonly $ref?: string;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly items?: Schema;
  readonly allOf?: readonly Schema[];
};
type Api = {
  readonly paths: Readonly<
    Record<string, { get: { responses: { 200: { content: Record<string, { schema: Schema }> } } } }>
  >;
  readonly components: { readonly schemas: Readonly<Record<string, Schema>> };
};

const api = JSON.parse(readFileSync(join(__dirname, '../../../../docs/openapi.json'), 'utf8')) as Api;
const sourceOf = (name: string): ts.SourceFile =>
  ts.createSourceFile(name, readFileSync(join(__dirname, name), 'utf8'), ts.ScriptTarget.Latest, true);

const aliases = new Map(
  sourceOf('answers.ts')
    .statements.filter(ts.isTypeAliasDeclaration)
    .map((alias) => [alias.name.text, alias.type]),
);

/** What a schema says itself, behind its names. */
const plain = (schema: Schema): Schema => {
  const name = schema.$ref?.split('/').at(-1) ?? schema.allOf?.[0]?.$ref?.split('/').at(-1);
  return name === undefined ? schema : plain(api.components.schemas[name] ?? {});
};

/** Fields of an answer that the API does not have, or does not always have; below what it leaves open nothing is held. */
const astray = (type: ts.TypeNode, schema: Schema, path: string): readonly string[] => {
  if (ts.isTypeReferenceNode(type)) {
    const alias = aliases.get(type.typeName.getText());
    return alias === undefined ? [] : astray(alias, schema, path);
  }
  if (ts.isTypeOperatorNode(type)) return astray(type.type, schema, path);
  if (ts.isArrayTypeNode(type)) return astray(type.elementType, plain(schema).items ?? {}, `${path}[]`);
  if (ts.isIntersectionTypeNode(type)) return type.types.flatMap((part) => astray(part, schema, path));
  return ts.isTypeLiteralNode(type) ? fieldsAstray(type, plain(schema), path) : [];
};

const fieldsAstray = (type: ts.TypeLiteralNode, { properties, required }: Schema, path: string) =>
  properties === undefined
    ? []
    : type.members.filter(ts.isPropertySignature).flatMap((member): readonly string[] => {
        const name = member.name.getText();
        const own = properties[name];
        if (own === undefined) return [`${path}.${name} is not there`];
        const isSure = member.questionToken !== undefined || (required ?? []).includes(name);
        const below = member.type === undefined ? [] : astray(member.type, own, `${path}.${name}`);
        return [...(isSure ? [] : [`${path}.${name} may be absent`]), ...below];
      });

/** The type that answers each route, as `routes.ts` has it. */
const answering = [
  ...readFileSync(join(__dirname, 'routes.ts'), 'utf8').matchAll(/route<(\w+)>\(\s*'([^']+)'/g),
].map(([, type = '', path = '']) => ({ type, path }));

it('every route says what answers it', () =>
  expect(answering.map(({ path }) => path)).toEqual(Object.values(routes).map(({ path }) => path)));

it.each(answering)('$type has fields alone that $path answers', ({ type, path }) => {
  const alias = aliases.get(type);
  const schema = api.paths[path]?.get.responses[200].content['application/json']?.schema;
  if (alias === undefined || schema === undefined) throw new Error(`${type} of ${path} is not known`);
  expect(plain(schema).properties).toBeDefined();
  expect(astray(alias, schema, type)).toEqual([]);
});
