import { lintFiles, type Catalogue } from '@stopcovid/drills';

const drill = (slug: string): object => ({
  slug,
  title: { en: `About ${slug}` },
  languages: ['en'],
  prompts: [
    {
      slug: 'first',
      messages: [{ text: { en: `What of ${slug}?\n{{options}}` } }],
      options: [
        { id: 'a', text: { en: 'cold water' } },
        { id: 'b', text: { en: 'warm water and soap' } },
      ],
      key: 'b',
    },
    { slug: 'second', messages: [{ text: { en: 'Thank you for today.' } }] },
  ],
});

const files = [
  { path: 'course.json', text: JSON.stringify({ slug: 'hygiene', drills: ['hands', 'knives'] }) },
  ...['hands', 'knives'].map((slug) => ({ path: `${slug}.json`, text: JSON.stringify(drill(slug)) })),
];

/** A course of two short drills, judged by the real rules. */
export const smallCourse = (): Catalogue => {
  const { catalogue, problems } = lintFiles(files);
  if (catalogue === undefined) throw new Error(JSON.stringify(problems));
  return catalogue;
};
