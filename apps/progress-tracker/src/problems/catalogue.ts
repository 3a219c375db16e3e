type Entry = {
  readonly status: number;
  /** The same for every occurrence. */
  readonly title: string;
  readonly cause: string;
  readonly remedy: string;
};

/** Every kind of problem that the API answers with. A kind keeps its name and status for good: programs go by them. */
export const catalogue = {
  'malformed-request': {
    status: 400,
    title: 'The request cannot be read',
    cause:
      'the body is no JSON, the address cannot be decoded, or one of them is nested too deep or holds too much',
    remedy: 'send what `detail` asks for; the same request will never be taken',
  },
  'invalid-request': {
    status: 400,
    title: 'The request is not as it must be',
    cause: 'a parameter, a header or a field of the body is missing, wrong or unknown',
    remedy:
      '`errors` names each, by `parameter`, `header` or `pointer` (into the body), and what would be right',
  },
  'foreign-cursor': {
    status: 400,
    title: 'The cursor belongs to another list or filter',
    cause: 'a page goes on where the one before ended, so all pages are asked for with the same filter',
    remedy: 'ask for the first page without `cursor`; `limit` may change at any page',
  },
  'key-needed': {
    status: 401,
    title: 'An API key is needed',
    cause: 'there is no key or token in the request, or nobody has this one',
    remedy: 'send `Authorization: Bearer <key>`; why a token was not taken is in the log',
  },
  forbidden: {
    status: 403,
    title: 'This key may not do that',
    cause:
      'the route needs a key of another role, or one that is not limited to some employers; `detail` says which',
    remedy: 'ask an admin for a key that may, by `POST /v1/keys`',
  },
  'no-such-route': {
    status: 404,
    title: 'There is no such route',
    cause: 'the address is misspelt, or takes another method',
    remedy: 'the page at `/docs` has all of them',
  },
  'not-found': {
    status: 404,
    title: 'It is not there',
    cause: 'the route is right, and there is nothing under this id',
    remedy: 'look at the id, or ask the list that it comes from',
  },
  'not-acceptable': {
    status: 406,
    title: 'There is no such form of it',
    cause: 'the header `Accept` takes nothing that the route can answer with',
    remedy: 'ask for what `detail` lists, or by `format`, which goes before the header',
  },
  hindered: {
    status: 409,
    title: 'It would lead to nothing',
    cause: 'the trainee is not in a state for it, or a broadcast would reach nobody or cannot fit',
    remedy: '`obstacles` or `preview` says why; with `dryRun=true` it can be asked beforehand',
  },
  'still-running': {
    status: 409,
    title: 'The first request under this key is being carried out',
    cause: 'a request came again under its `Idempotency-Key` before the first one was answered',
    remedy:
      'ask again after the seconds that `Retry-After` says, with the same key: the answer is that of the first one. A process that died holds its key for a minute',
  },
  'ruled-before': {
    status: 409,
    title: 'A person decided otherwise before',
    cause: 'what was ruled cannot be taken back, such as a text that was sent again',
    remedy: 'none; what was decided stands',
  },
  'cannot-be-added': {
    status: 409,
    title: 'It cannot be added to what is there',
    cause:
      'a key of this name is there, or was; there are as many keys, webhooks or waiting exports as can be; or the service has no `WEBHOOK_KEY`',
    remedy:
      'take another name; revoke keys that nobody uses, for which `GET /v1/keys` says when each was used last; remove a webhook; wait until an export is made; or set what `detail` names',
  },
  'export-not-ready': {
    status: 409,
    title: 'The export has no file',
    cause: 'it is being made still, or failed; `detail` says which',
    remedy:
      'ask `GET /v1/exports/{id}` until its `state` is `ready`; of one that failed, `because` says why: ask for a new one',
  },
  'export-expired': {
    status: 410,
    title: 'The file of the export was removed',
    cause: 'files are kept for `EXPORTS_KEPT_DAYS`',
    remedy: 'ask for a new one, by `POST /v1/exports`',
  },
  'switched-off': {
    status: 404,
    title: 'It is not switched on',
    cause: 'the service has not the settings that it takes; `detail` names them',
    remedy: 'set them, or do without',
  },
  withdrawn: {
    status: 410,
    title: 'The record was withdrawn',
    cause: 'a person withdrew it, or a run that it rests on stopped counting',
    remedy: 'none; the page of the record says so too',
  },
  'too-large': {
    status: 413,
    title: 'The body is too large',
    cause: 'a body has 64 KiB at the most, a file of trainees `IMPORT_MAX_BYTES`',
    remedy: 'send it in parts',
  },
  'unsupported-media-type': {
    status: 415,
    title: 'A body of this type is not taken',
    cause: 'bodies are `application/json`, and files of trainees `text/csv`',
    remedy: 'say what it is by `Content-Type`',
  },
  'key-reused': {
    status: 422,
    title: 'The Idempotency-Key stood for something else before',
    cause:
      'the same key came with another body or for something else within 24 hours, or `API_KEYS` changed since it was answered',
    remedy: 'take a new key for what is new',
  },
  'too-many-requests': {
    status: 429,
    title: 'This key asks too often',
    cause:
      'a key may make so many requests a second (`API_REQUESTS_PER_SECOND`), and ten times as many at once',
    remedy: 'ask again after the seconds that `Retry-After` says; ask for larger pages or a file instead',
  },
  'internal-error': {
    status: 500,
    title: 'A mistake of ours',
    cause: 'something happened that we did not think of',
    remedy: 'report it with its `instance`, by which the log has its stack',
  },
  'kafka-away': {
    status: 503,
    title: 'It could not be asked for now',
    cause: 'Kafka did not acknowledge what the request is to lead to',
    remedy: 'ask again, with the same Idempotency-Key where the route takes one',
  },
  'keys-away': {
    status: 503,
    title: 'It cannot be told now whose key this is',
    cause: 'the store of keys, or the keys of the identity provider (`JWKS_URL`), cannot be reached',
    remedy: 'ask again; the keys of `API_KEYS` are known all the same',
  },
  'exports-full': {
    status: 507,
    title: 'There is no room for another export',
    cause: 'the files of all exports together take up `EXPORTS_MAX_BYTES`',
    remedy:
      'delete exports that nobody needs (`DELETE /v1/exports/{id}`), wait until old ones are removed, or raise the setting',
  },
  'document-unreadable': {
    status: 503,
    title: 'A document cannot be read here',
    cause: 'a later release wrote it, or a hand did; `detail` names the fields that are wrong',
    remedy: 'upgrade, or see `dialog rebuild` in the operations guide; the rest goes on',
  },
} as const satisfies Readonly<Record<string, Entry>>;

/** What an address of a kind ends in. */
export type ProblemKind = keyof typeof catalogue;

/** By which programs know a kind; `docs/problems.md` explains them to people. */
export const addressOf = (kind: ProblemKind): string => `urn:problem-type:stopcovid:${kind}`;
