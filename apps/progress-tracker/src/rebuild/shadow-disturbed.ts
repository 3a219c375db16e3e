/** The shadow is another's work too, or its collections were removed. */
export class ShadowDisturbed extends Error {
  override readonly name = 'ShadowDisturbed';
}
