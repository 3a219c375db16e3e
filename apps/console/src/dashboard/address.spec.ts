import fc from 'fast-check';
import { elsewhere, filterNames, hashOf, narrowed, placeOf, queryOf, views, type Place } from './address';

const day = fc.constantFrom('2026-03-01', '2026-12-31');
const word = fc.string({ minLength: 1, maxLength: 12 });
const valueOf = (name: string) => (name === 'from' || name === 'until' ? day : word);
const optional = (names: readonly string[]) =>
  fc.record(Object.fromEntries(names.map((name) => [name, valueOf(name)])), { requiredKeys: [] });
const places = fc
  .tuple(
    fc.constantFrom(...views),
    fc.constantFrom('day' as const, 'week' as const),
    optional(filterNames),
    optional(['revision', 'cursor', 'phone', 'prompt']),
    fc.constantFrom<Pick<Place, 'ruled' | 'picked'>>(
      {},
      { ruled: 'true' },
      { picked: 'true' },
      { ruled: 'true', picked: 'any' },
    ),
  )
  .map(([view, by, filters, others, replies]): Place => ({ view, by, filters, ...others, ...replies }));

describe('the address of the dashboard', () => {
  it('brings back every place that it was written for', () =>
    fc.assert(fc.property(places, (place) => expect(placeOf(hashOf(place))).toEqual(place))));

  it.each(['', '#', '#/', '#/nowhere', '#key=abc', '#/overview?from=yesterday&until=2026-3-1&planet=mars'])(
    'that names no place is the whole overview: %j',
    (hash) => expect(placeOf(hash)).toEqual({ view: 'overview', by: 'week', filters: {} }),
  );

  const place: Place = {
    view: 'drill',
    by: 'day',
    filters: { employer: 'acme', unit: 'bar', drill: 'masks' },
    revision: 'abc',
    cursor: 'next',
  };

  it('keeps the filters from view to view, and leaves behind what belongs to one', () =>
    expect(elsewhere(place, 'overdue')).toEqual({ view: 'overdue', by: 'day', filters: place.filters }));

  it('loses the unit with its employer, the page with any filter, and a filter that is emptied', () => {
    expect(narrowed(place, { employer: 'other' })).toEqual({
      view: 'drill',
      by: 'day',
      filters: { employer: 'other', drill: 'masks' },
    });
    expect(narrowed(place, { drill: '' }).filters).toEqual({ employer: 'acme', unit: 'bar' });
  });

  it('names filters to the API as it calls them', () => {
    expect(queryOf(place.filters, { by: 'unit', cursor: undefined })).toBe(
      '?employerId=acme&unitId=bar&drill=masks&by=unit',
    );
    expect(queryOf({})).toBe('');
  });
});
