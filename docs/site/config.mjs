import { readFileSync } from 'node:fs';

/* Written by tools/run/site.mjs beside the pages. */
const { sidebar, source } = JSON.parse(readFileSync(new URL('contents.json', import.meta.url), 'utf8'));

export default {
  title: 'StopCOVID Dialog Engine',
  description: 'Training over text messages: one short interactive drill a day, by SMS.',
  base: process.env.DOCS_BASE ?? '/',
  outDir: '../site',
  /* What is written in documents is text: nothing in it is a component of the page. */
  markdown: { html: false },
  /* A link into the site that leads nowhere ends the build. */
  ignoreDeadLinks: false,
  themeConfig: {
    sidebar,
    outline: [2, 3],
    search: { provider: 'local' },
    socialLinks: [{ icon: 'github', link: source }],
  },
};
