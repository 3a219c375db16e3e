/** What a word can mean to the dialog, before any answer is graded. */
export type Meaning =
  | { readonly kind: 'optOut' | 'optIn' | 'help' | 'menu' | 'support' | 'info' | 'demo' | 'next' | 'start' | 'thanks' }
  | { readonly kind: 'drill'; readonly drill: string };

/** Keywords ready for lookup; built once by `compileKeywords`. */
export type KeywordIndex = { readonly exact: ReadonlyMap<string, Meaning>; readonly thanks: RegExp };
