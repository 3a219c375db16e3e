import fc from 'fast-check';
import { placeholdersOf, renderTemplate } from './template';

describe('a template', () => {
  it.each([
    ['Hi {{name}}!', { name: 'Rosa' }, 'Hi Rosa!'],
    ['Hi {{ name }}!', { name: 'Rosa' }, 'Hi Rosa!'],
    ['{{name}} and {{name}}', { name: 'Rosa' }, 'Rosa and Rosa'],
    ['Hi, {{name}}!', {}, 'Hi!'],
    ['Hi {{name}}, welcome', {}, 'Hi, welcome'],
    ['Hi {{name}} and welcome', {}, 'Hi and welcome'],
    ['{{name}}, how long?', {}, 'how long?'],
    ['One.\n{{name}}, how long?', {}, 'One.\nhow long?'],
    ['Hi {{7*7}}!', {}, 'Hi!'],
    ['Hi {{constructor}}{{__proto__}}!', {}, 'Hi!'],
    ['{ {name} } {{name', { name: 'Rosa' }, '{ {name} } {{name'],
    ['Hi {{name}}!', { name: '$& $1' }, 'Hi $& $1!'],
  ])('%j with %j reads %j', (template, variables, text) => {
    expect(renderTemplate(template, variables)).toBe(text);
  });

  it('is filled in once: a trainee named like a placeholder keeps the name', () => {
    expect(renderTemplate('Hi {{name}}!', { name: '{{7*7}}' })).toBe('Hi {{7*7}}!');
    expect(renderTemplate('{{name}} at {{company}}', { name: '{{company}}', company: 'Casa' })).toBe(
      '{{company}} at Casa',
    );
  });

  it('shows any value as it is', () => {
    const value = fc.string({ unit: 'binary', minLength: 1 });
    fc.assert(fc.property(value, (name) => renderTemplate('<{{name}}>', { name }) === `<${name}>`));
  });

  it('names its placeholders, the ones that are none included', () => {
    expect(placeholdersOf('{{name}} {{ company }} {{name}} {{7*7}}')).toEqual(['name', 'company', '7*7']);
  });
});
