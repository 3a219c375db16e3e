import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import Ajv from 'ajv';
import { parse } from 'yaml';
import type { z } from 'zod';
import { courseFields } from './course-file';
import { drillFields } from './drill-file';

import { courseFileSchema, drillFileSchema, promptFileSchema } from './editor-schemas';
import { promptFields } from './prompt-file';

const root = join(__dirname, '../../..');
const documented = (name: string): object =>
  JSON.parse(readFileSync(join(root, 'docs', `${name}.schema.json`), 'utf8')) as object;

const accepts = (name: string) => new Ajv().compile(documented(name));
const drill = accepts('drill');
const course = accepts('course');

const samples = readdirSync(join(root, 'drills')).filter((name) => name.endsWith('.yaml'));
const sampleOf = (name: string): unknown => parse(readFileSync(join(root, 'drills', name), 'utf8'));
const aboutAll = ['course.yaml', 'schedule.yaml', 'drips.yaml', 'copy.yaml'];

it.each([
  ['a drill', drillFileSchema, drillFields],
  ['a prompt', promptFileSchema, promptFields],
  ['a course', courseFileSchema, courseFields],
])('names the fields of %s, all of them and no other', (_what, schema: z.ZodObject, fields) =>
  expect(Object.keys(schema.shape).sort()).toEqual([...fields].sort()),
);

it.each(samples.filter((name) => !aboutAll.includes(name)))('takes the sample %s', (name) => {
  drill(sampleOf(name));
  expect(drill.errors).toBeNull();
});

it('takes the course of the samples', () => {
  course(sampleOf('course.yaml'));
  expect(course.errors).toBeNull();
});

it('takes every short form of the guide', () => {
  const short = `
languages: [en]
title: Hands
prompts:
  - { slug: one, messages: "{{options}}", options: [a) Yes, b) No], key: b, next: { options: { a: end } } }
  - { slug: two, messages: [How many?], answer: 20, store: { field: times, type: number } }
  - { slug: three, messages: { en: Hi, media: hi.png }, options: { en: [1) Yes] }, key: { en: 1 } }
  - { slug: four, messages: Where?, options: [{ id: a, en: Here, accept: { en: [there] }, value: x }] }
  - { slug: bye, messages: Bye }
`;
  drill(parse(short));
  expect(drill.errors).toBeNull();
});

it.each([
  ['a field that is misspelt', '{ slug: one, mesages: Hi, messages: Hi }'],
  ['a field of a message that is misspelt', '{ slug: one, messages: { en: Hi, meda: x } }'],
  ['a name with a blank', '{ slug: on e, messages: Hi }'],
  ['no attempt at all', '{ slug: one, messages: Hi, maxAttempts: 0 }'],
  ['a prompt without messages', '{ slug: one }'],
  ['a type that there is not', '{ slug: one, messages: Hi, store: { field: x, type: date } }'],
  ['an outcome that there is not', '{ slug: one, messages: Hi, next: { rigth: end } }'],
])('refuses %s', (_what, prompt) => {
  expect(drill(parse(`{ languages: [en], title: x, prompts: [${prompt}] }`))).toBe(false);
});

it('refuses a course with a name that is none', () => {
  expect(course(parse('drills: [Hands!]'))).toBe(false);
  expect(course(parse('drils: [hands]'))).toBe(false);
});
