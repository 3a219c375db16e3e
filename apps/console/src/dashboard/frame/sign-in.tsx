import type { JSX } from 'preact';
import { useRef, useState } from 'preact/hooks';
import { askApi, type Failure } from '../ask';
import { callOf, routes } from '../routes';

const wordsFor = ({ status, detail }: Failure): string =>
  status === 401
    ? 'This key is not known here, or does not hold any more. Check that all of it was copied.'
    : detail;

/** Asks for an API key, and hands it on once the API has taken it. */
export const SignIn = ({
  because,
  take,
}: {
  readonly because: string | undefined;
  readonly take: (key: string) => void;
}): JSX.Element => {
  const field = useRef<HTMLInputElement>(null);
  const [said, say] = useState(because);
  const [isAsking, setAsking] = useState(false);
  const signIn = async (): Promise<void> => {
    const key = field.current?.value.trim() ?? '';
    if (key === '') return say('Paste your API key first.');
    setAsking(true);
    const answer = await askApi(callOf(routes.completion), key);
    setAsking(false);
    if (answer.is === 'here') return take(key);
    if (answer.is === 'failed') say(wordsFor(answer.failure));
    field.current?.select();
  };
  return (
    <main class="sign-in">
      <form
        class="card"
        onSubmit={(event) => {
          event.preventDefault();
          void signIn();
        }}
      >
        <img src="./icon.svg" alt="" width="44" height="44" />
        <h1>StopCOVID dashboard</h1>
        <p>Who has done what: completion, questions, and who is overdue.</p>
        <label>
          <span>API key</span>
          <input
            ref={field}
            type="password"
            name="key"
            autocomplete="off"
            autofocus
            aria-invalid={said !== undefined}
            aria-describedby="key-said"
          />
        </label>
        <p class="said" id="key-said" role="alert">
          {said}
        </p>
        <button type="submit" disabled={isAsking}>
          {isAsking ? 'Signing in …' : 'Sign in'}
        </button>
        <p class="hint">
          It stays in this tab and is gone when you close it. Whoever runs this service gives keys.
        </p>
      </form>
    </main>
  );
};
