import { describe, expect, it } from 'vitest';
import { readBounce } from '#functions/outbox/bounce.ts';

/** As the Amazon SES Developer Guide shows it, shortened; the address is nobody's. */
const bounced = (headers: { name: string; value: string }[] = [], bounce: object = {}) => ({
  version: '0',
  'detail-type': 'Email Bounced',
  source: 'aws.ses',
  detail: {
    eventType: 'Bounce',
    bounce: {
      bounceType: 'Permanent',
      bouncedRecipients: [{ emailAddress: 'Gone@Example.kz', status: '5.1.1' }],
      ...bounce,
    },
    mail: { messageId: 'm1', destination: ['Gone@Example.kz'], headers },
  },
});

describe('a letter that came back', () => {
  it('is known by the mailbox and by its own identity', () => {
    const headers = [
      { name: 'From', value: 'almaty@irikteu.example' },
      { name: 'X-Irikteu-Letter', value: 'inquiry-made#1' },
    ];

    expect(readBounce(bounced(headers))).toEqual({
      mailboxes: ['gone@example.kz'],
      letter: 'inquiry-made#1',
    });
  });

  it('is known by the mailbox alone where its headers are missing', () => {
    expect(readBounce(bounced())).toEqual({ mailboxes: ['gone@example.kz'], letter: '' });
  });

  it('is of the mailbox that it was written to, also where that one forwards', () => {
    const behind = { bouncedRecipients: [{ emailAddress: 'behind@elsewhere.example' }] };

    expect(readBounce(bounced([], behind))?.mailboxes).toEqual(['gone@example.kz']);
  });

  it.for([
    ['General', []],
    ['MailboxFull', ['gone@example.kz']],
  ] as const)('for now with %s is of %j: an answer that somebody is on leave is no return', ([sub, of]) => {
    const passing = { bounceType: 'Transient', bounceSubType: sub };

    expect(readBounce(bounced([], passing))?.mailboxes).toEqual(of);
  });

  it.for([undefined, {}, { outbox: 'left-over' }, { ...bounced(), 'detail-type': 'Email Sent' }])(
    'is no other event: %j',
    (event) => {
      expect(readBounce(event)).toBeUndefined();
    },
  );
});
