'use strict';
const { createRequire } = require('node:module');
const { Script } = require('node:vm');
const { default: Runtime } = require('jest-runtime');

const native = createRequire(__filename);

/** Node loads packages, once for a worker. Only the framework begins anew with each spec file. */
const isPackage = (path) => path.includes('/node_modules/') && !path.includes('/node_modules/jest-circus/');
/** What a spec may hold for itself, and loads anew. */
const isOfSpecs = (path) => /\.(spec|testkit)\.ts$/.test(path);

const kept = new Map();
let current;

/**
 * Keeps loaded modules from one spec file to the next: loading Nest, mongoose and our own libraries for each of hundreds
 * of files took longer than all of their tests. Modules of ours hold no state but what they remember to be quick; what
 * does is in a class, and each test makes its own.
 */
module.exports = class extends Runtime {
  constructor(...args) {
    super(...args);
    this.#keepSourceMaps();
    current = this;
    this.executor.compile = (source, filename) => {
      const parameters = this.executor.injectedModuleParameters.join(',');
      return new Script(`(function(${parameters}){${source}\n})`, { filename }).runInThisContext();
    };
    const load = this.cjsLoader.requireModule.bind(this.cjsLoader);
    this.cjsLoader.requireModule = (from, name, ...rest) => this.#require(load, from, name, ...rest);
  }

  #require(load, from, name, ...rest) {
    if (!name || this._resolution.isCoreModule(name)) return load(from, name, ...rest);
    const path = this._resolution.resolveCjs(from, name);
    if (isPackage(path) && !this.#loadsAnew(path)) return native(path);
    const anew = path.includes('/node_modules/') || isOfSpecs(path) || this.registries.isIsolated();
    return anew ? load(from, name, ...rest) : this.#requireOnce(path, () => load(from, name, ...rest));
  }

  /** Within `jest.isolateModules`, whatever Jest itself can load. */
  #loadsAnew(path) {
    return this.registries.isIsolated() && !this._resolution.shouldLoadAsEsm(path);
  }

  #requireOnce(path, load) {
    const registry = this.registries.getActiveCjsRegistry();
    if (kept.has(path)) return kept.get(path).exports;
    const exports = load();
    kept.set(path, registry.get(path));
    return exports;
  }

  /** A kept module that requires something late asks the runtime of the spec file that loaded it, which is over. */
  requireModuleOrMock(from, name) {
    return this === current ? super.requireModuleOrMock(from, name) : current.requireModuleOrMock(from, name);
  }

  /** Traces through kept modules are told in lines of the sources too. */
  #keepSourceMaps() {
    for (const [path, map] of current?.getSourceMaps() ?? []) this.getSourceMaps().set(path, map);
  }
};
