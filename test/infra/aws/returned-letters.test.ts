import { expect, it } from 'vitest';
import { at, templatesOf } from './stacks.ts';

const { Resources } = templatesOf('KZ-19').round;

it('the outbox is told of each letter that came back, and of no other region’s', () => {
  const set = Resources['Letters']?.Properties['Name'];
  const rule = Resources['ReturnedLetter']?.Properties;

  expect(set).toBe('irikteu-kz-19-letters');
  expect(at(Resources['Outbox']?.Properties, 'Environment', 'Variables', 'MAIL_EVENTS')).toBe(set);
  expect(at(Resources['ReturnedLetters']?.Properties, 'EventDestination')).toMatchObject({
    Enabled: true,
    MatchingEventTypes: ['BOUNCE'],
  });
  expect(rule?.['EventPattern']).toEqual({
    source: ['aws.ses'],
    'detail-type': ['Email Bounced'],
    detail: { mail: { tags: { 'ses:configuration-set': [set] } } },
  });
  expect(at(rule, 'Targets', 0, 'Arn')).toEqual({ 'Fn::GetAtt': ['Outbox', 'Arn'] });
});
