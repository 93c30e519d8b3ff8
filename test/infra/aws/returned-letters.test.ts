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
    MatchingEventTypes: ['bounce'],
  });
  expect(rule?.['EventPattern']).toEqual({
    source: ['aws.ses'],
    'detail-type': ['Email Bounced'],
    detail: { mail: { tags: { 'ses:configuration-set': [set] } } },
  });
  expect(at(rule, 'Targets', 0, 'Arn')).toEqual({ 'Fn::GetAtt': ['Outbox', 'Arn'] });
});

it('what could not be noted is told to the outbox again: no schedule comes back to it', () => {
  const ofOutbox = Object.values(Resources).filter(
    ({ Type, Properties }) =>
      Type === 'AWS::Lambda::EventInvokeConfig' && at(Properties, 'FunctionName', 'Ref') === 'Outbox',
  );

  expect(ofOutbox.map(({ Properties }) => Properties['MaximumRetryAttempts'])).toEqual([2]);
});
