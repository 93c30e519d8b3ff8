import type { IncomingMessage } from 'node:http';
import { isIP } from 'node:net';

/**
 * The visitor's address. Behind a proxy on this machine it is the last one in X-Forwarded-For, which the proxy itself
 * saw; whatever stands before it anybody could have written. An entry that is no address counts for nothing.
 */
export const sourceOf = (
  { socket, headers }: Pick<IncomingMessage, 'headers'> & { socket: { remoteAddress?: string | undefined } },
  behindProxy: boolean,
): string => {
  const peer = plain(socket.remoteAddress ?? '');
  if (!behindProxy || !isLoopback(peer)) return peer;
  const last = [headers['x-forwarded-for'] ?? []].flat().join(',').split(',').at(-1);
  const forwarded = plain(last?.trim() ?? '');
  return isIP(forwarded) === 0 ? peer : forwarded;
};

/** Without a port (`203.0.113.7:443`, `[2001:db8::7]:443`), and IPv4 as such where it was written as IPv6. */
const plain = (text: string): string => {
  const [, bracketed, dotted] = /^\[([^\]]+)\](?::\d+)?$|^([\d.]+):\d+$/.exec(text) ?? [];
  const address = bracketed ?? dotted ?? text;
  const [, mapped = address] = /^::ffff:([\d.]+)$/i.exec(address) ?? [];
  return mapped;
};

const isLoopback = (address: string): boolean => address === '::1' || address.startsWith('127.');
