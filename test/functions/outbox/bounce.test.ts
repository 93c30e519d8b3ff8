import { describe, expect, it } from 'vitest';
import { readBounce } from '#functions/outbox/bounce.ts';

/** As the Amazon SES Developer Guide shows it, shortened; the address is nobody's. */
const bounced = (headers: { name: string; value: string }[] = []) => ({
  version: '0',
  'detail-type': 'Email Bounced',
  source: 'aws.ses',
  detail: {
    eventType: 'Bounce',
    bounce: {
      bounceType: 'Permanent',
      bouncedRecipients: [{ emailAddress: 'Gone@Example.kz', status: '5.1.1' }],
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

  it.for([undefined, {}, { outbox: 'left-over' }, { ...bounced(), 'detail-type': 'Email Sent' }])(
    'is no other event: %j',
    (event) => {
      expect(readBounce(event)).toBeUndefined();
    },
  );
});
