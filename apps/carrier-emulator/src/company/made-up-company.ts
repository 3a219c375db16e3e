/** How far a made-up company is: not asked for, coming, here; or it could not be made, which the log explains. */
export type MadeUpCompanyState = {
  readonly is: 'none' | 'coming' | 'here' | 'failed';
  readonly people: number;
  /** Those whose history is there. */
  readonly lived: number;
};

/** What whoever hosts the emulator can fill with people who have a history. */
export type MadeUpCompany = {
  readonly state: () => MadeUpCompanyState;
  /** Begins it, once: asked again it goes on as it is. Answers how far it is. */
  readonly fill: () => MadeUpCompanyState;
};

/** Its token. */
export const MADE_UP_COMPANY = Symbol('MADE_UP_COMPANY');
