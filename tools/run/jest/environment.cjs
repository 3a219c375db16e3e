'use strict';
const { AsyncLocalStorage } = require('node:async_hooks');
const { ModuleMocker } = require('jest-mock');

/*
 * Each spec file's framework opens a storage that it never closes, and every promise after that pays for each of them:
 * a worker became slower with every file. `run` opens a closed one again, so closing them all loses nothing.
 */
const opened = new Set();
const { run } = AsyncLocalStorage.prototype;
AsyncLocalStorage.prototype.run = function (...args) {
  opened.add(this);
  return run.apply(this, args);
};
const closeStorages = () => {
  for (const storage of opened) storage.disable();
  opened.clear();
};

/*
 * What the framework keeps in the global object. Handlers of the files before would hear each test too, and what they
 * were told of would never be forgotten.
 */
const isOfFramework = (key) =>
  key === Symbol.for('EVENT_HANDLERS') || key.description === 'JEST_STATE_SYMBOL';
const forgetFramework = () => {
  for (const key of Object.getOwnPropertySymbols(globalThis)) if (isOfFramework(key)) delete globalThis[key];
};

/** What the framework and specs replace of the process, as it is before a spec file. */
const keepProcess = () => {
  const { console } = globalThis;
  const { exit } = process;
  const env = { ...process.env };
  return () => {
    globalThis.console = console;
    process.exit = exit;
    for (const name of Object.keys(process.env)) if (!(name in env)) delete process.env[name];
    Object.assign(process.env, env);
  };
};

/** Runs spec files in the worker's own realm, so that what one of them has loaded is there for the next. */
module.exports = class {
  constructor() {
    this.restoreProcess = keepProcess();
    this.global = globalThis;
    this.moduleMocker = new ModuleMocker(globalThis);
    this.fakeTimers = null;
    this.fakeTimersModern = null;
  }

  async setup() {}

  async teardown() {
    closeStorages();
    forgetFramework();
    this.restoreProcess();
  }

  exportConditions() {
    return ['node', 'node-addons'];
  }

  /** The runtime beside this compiles without one: a context would be another realm. */
  getVmContext() {
    return globalThis;
  }
};
