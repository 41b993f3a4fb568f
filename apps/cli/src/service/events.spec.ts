import { eventData } from './events.js';

function bodyOf(...chunks: readonly (string | Uint8Array)[]): ReadableStream<Uint8Array> {
  return new ReadableStream({
    start: (controller) => {
      for (const chunk of chunks)
        controller.enqueue(typeof chunk === 'string' ? new TextEncoder().encode(chunk) : chunk);
      controller.close();
    },
  });
}

async function read(body: ReadableStream<Uint8Array>): Promise<string[]> {
  const all: string[] = [];
  for await (const data of eventData(body)) all.push(data);
  return all;
}

describe('events', () => {
  it('are put together from any chunks', async () => {
    expect(await read(bodyOf('event: x\nda', 'ta: 1\n', '\ndata:2\r\n\r\nda'))).toEqual(['1', '2']);
  });

  it('may have several lines of data, and comments are none', async () => {
    expect(await read(bodyOf(': hello\n\ndata: a\ndata: b\n\n'))).toEqual(['a\nb']);
  });

  it('keep characters that a chunk cuts in two', async () => {
    const bytes = new TextEncoder().encode('data: ü\n\n');
    expect(await read(bodyOf(bytes.slice(0, 7), bytes.slice(7)))).toEqual(['ü']);
  });
});
