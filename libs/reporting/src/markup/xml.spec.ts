import { XMLParser } from 'fast-xml-parser';
import { xmlAttribute, xmlText } from './xml.js';

/** What a reader of XML makes of a text. */
const parser = new XMLParser({
  ignoreAttributes: false,
  attributeNamePrefix: '',
  parseAttributeValue: false,
  parseTagValue: false,
  trimValues: false,
  processEntities: true,
});

describe('text as XML', () => {
  it('says what it said', () => {
    const text = 'a<b> & "c" ]]> \n\t é 😀';
    const xml = `<x y="${xmlAttribute(text)}">${xmlText(text)}</x>`;
    const parsed = parser.parse(xml) as { x: { y: string; '#text': string } };
    expect(parsed.x['#text']).toBe(text);
    const numbered = parsed.x.y.replace(/&#(\d+);/g, (_, code) =>
      String.fromCharCode(Number(code)),
    );
    expect(numbered).toBe(text);
  });

  it('leaves out what no document may hold', () => {
    expect(xmlText(`a${String.fromCharCode(0)}b${String.fromCharCode(0xd800)}`)).toBe(
      'a\ufffdb\ufffd',
    );
  });
});
