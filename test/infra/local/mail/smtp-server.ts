import { createServer, type Socket } from 'node:net';

type Received = { from: string; to: string[]; text: string };

export type SmtpServer = {
  url: string;
  port: number;
  received: Received[];
  /** What the server says to a recipient; 250 unless told otherwise. */
  replies: Map<string, string>;
  /** Called with each letter just before it is acknowledged. */
  onData?: (received: Received) => void;
  close: () => Promise<void>;
};

/** What one connection has said so far. */
type Conversation = { from: string; to: string[]; data: string | undefined };

const fresh = (): Conversation => ({ from: '', to: [], data: undefined });
const mailboxIn = (line: string): string => /<(.*?)>/.exec(line)?.[1] ?? '';

/** The answer to a line, if it has one. */
const answer = (line: string, said: Conversation, smtp: SmtpServer): string | undefined => {
  if (said.data !== undefined && line !== '.') {
    said.data += `${line.replace(/^\.\./, '.')}\r\n`;
    return undefined;
  }
  if (said.data !== undefined) {
    const letter = { from: said.from, to: said.to, text: said.data };
    Object.assign(said, fresh());
    smtp.received.push(letter);
    smtp.onData?.(letter);
    return '250 kept';
  }
  const [command = ''] = line.toUpperCase().split(/[ :]/, 1);
  if (command === 'MAIL') said.from = mailboxIn(line);
  if (command === 'DATA') said.data = '';
  if (command === 'RCPT') {
    const reply = smtp.replies.get(mailboxIn(line)) ?? '250 ok';
    if (reply.startsWith('250')) said.to = [...said.to, mailboxIn(line)];
    return reply;
  }
  return { DATA: '354 go on', QUIT: '221 bye' }[command] ?? '250 ok';
};

/** As much of RFC 5321 as nodemailer speaks to, on loopback. */
export const startSmtp = async (port = 0): Promise<SmtpServer> => {
  const sockets = new Set<Socket>();
  const smtp: SmtpServer = { url: '', port, received: [], replies: new Map(), close: async () => undefined };
  const server = createServer((socket) => {
    sockets.add(socket);
    const said = fresh();
    let buffer = '';
    socket.on('data', (chunk) => {
      const lines = (buffer + chunk.toString('latin1')).split('\r\n');
      buffer = lines.pop() ?? '';
      for (const line of lines) {
        const reply = answer(line, said, smtp);
        if (reply !== undefined && socket.writable) socket.write(`${reply}\r\n`);
      }
    });
    socket.on('error', () => undefined);
    socket.write('220 test\r\n');
  });
  await new Promise<void>((ready) => server.listen(port, '127.0.0.1', ready));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('not listening on a port');
  smtp.port = address.port;
  smtp.url = `smtp://127.0.0.1:${address.port}`;
  smtp.close = () =>
    new Promise((closed) => {
      for (const socket of sockets) socket.destroy();
      server.close(() => closed());
    });
  return smtp;
};
