import { render, type JSX } from 'preact';
import { useLayoutEffect, useMemo, useState } from 'preact/hooks';
import { placeOf, type Place } from './address';
import { SessionContext, type Session } from './ask';
import { Page } from './frame/page';
import { SignIn } from './frame/sign-in';
import { forgetKey, keepKey, keptKey, takeKeyFromAddress } from './session';

const usePlace = (): Place => {
  const [place, set] = useState(() => placeOf(location.hash));
  useLayoutEffect(() => {
    const heard = (): void => set(placeOf(location.hash));
    addEventListener('hashchange', heard);
    return () => removeEventListener('hashchange', heard);
  }, []);
  return place;
};

const Dashboard = (): JSX.Element => {
  const place = usePlace();
  const [{ key, because }, sign] = useState<{ key: string | null; because?: string | undefined }>(() => ({
    key: keptKey(),
  }));
  const session = useMemo<Session>(
    () => ({
      key: key ?? '',
      end: (why) => {
        forgetKey();
        sign({ key: null, because: why });
      },
    }),
    [key],
  );
  const take = (given: string): void => {
    keepKey(given);
    sign({ key: given });
  };
  if (key === null) return <SignIn because={because} take={take} />;
  return (
    <SessionContext.Provider value={session}>
      <Page place={place} />
    </SessionContext.Provider>
  );
};

takeKeyFromAddress();
const page = document.getElementById('page');
if (page !== null) render(<Dashboard />, page);
