'use strict';
const { readFileSync } = require('node:fs');
const Sequencer = require('@jest/test-sequencer').default;

/* A soak collects all garbage dozens of times, which takes ten times as long in a worker that holds modules of others. */
const soaks = ({ path }) => /\bsoak\(/.test(readFileSync(path, 'utf8'));

/** Spec files in Jest's own order, but those that soak come first, while workers hold little. */
module.exports = class SoaksFirst extends Sequencer {
  async sort(specs) {
    const sorted = await super.sort(specs);
    return [...sorted.filter(soaks), ...sorted.filter((spec) => !soaks(spec))];
  }
};
