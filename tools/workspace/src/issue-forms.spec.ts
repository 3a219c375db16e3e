import { parse } from 'yaml';
import { z } from 'zod';
import { filesBelow, read } from './repository.testkit';

const labelled = z.strictObject({
  label: z.string(),
  description: z.string().optional(),
  render: z.string().optional(),
});
const asked = {
  id: z.string().regex(/^[\w-]+$/),
  validations: z.strictObject({ required: z.boolean() }).optional(),
};

/** As much of the language of issue forms as ours are written in: a misspelt key would make the form vanish. */
const formSchema = z.strictObject({
  name: z.string(),
  description: z.string(),
  labels: z.array(z.string()),
  body: z.array(
    z.discriminatedUnion('type', [
      z.strictObject({ type: z.literal('markdown'), attributes: z.strictObject({ value: z.string() }) }),
      z.strictObject({ type: z.literal('input'), ...asked, attributes: labelled.omit({ render: true }) }),
      z.strictObject({ type: z.literal('textarea'), ...asked, attributes: labelled }),
      z.strictObject({
        type: z.literal('dropdown'),
        ...asked,
        attributes: labelled.omit({ render: true }).extend({ options: z.array(z.string()).nonempty() }),
      }),
    ]),
  ),
});

const forms = filesBelow('.github/ISSUE_TEMPLATE').filter((file) => !file.endsWith('config.yml'));

it('there are forms', () => expect(forms.length).toBeGreaterThan(1));

it.each(forms)('%s is a form that GitHub can show, with names that stand once', (file) => {
  const { body } = formSchema.parse(parse(read(file)));
  const ids = body.flatMap((part) => ('id' in part ? [part.id] : []));
  expect(ids.length).toBeGreaterThan(0);
  expect(new Set(ids).size).toBe(ids.length);
});
