import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { listIdentifiers } from './identifiers.ts'

test.each<[string, string[]]>([
  ['198.51.100.7, 203.0.113.9:8080 and 010.0.0.1', ['address 198.51.100.7', 'address 203.0.113.9']],
  ['2001:DB8::1 / [2001:db8:0:0::1]', ['address 2001:db8:0:0:0:0:0:1']],
  ['::ffff:198.51.100.7 is 198.51.100.7', ['address 198.51.100.7']],
  ['hxxps://Login[.]Bank.Example/path?x=1 and login.bank.example.', ['domain login.bank.example']],
  ['写给Fraud@Mail.example的邮件，以及域名bank.example。', ['mailbox fraud@mail.example', 'domain bank.example']],
  ['例子.中国', ['domain 例子.中国']],
  ['ｂａｎｋ．ｅｘａｍｐｌｅ', ['domain bank.example']],
  ['the account @Dark_Fox and ftp://user@files.example', ['account @dark_fox', 'domain files.example']],
  [
    'SHA-256 E3B0C44298FC1C149AFBF4C8996FB92427AE41E4649B934CA495991B7852B855',
    ['hash e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855'],
  ],
  ['0x52908400098527886E0F7030069857D2E4169EE7', ['wallet 0x52908400098527886e0f7030069857d2e4169ee7']],
  ['nothing, e.g. 12:30, 1.2.3, a..b, :: or 1:2', []],
])('[RQ41] %s', (text, expected) => {
  expect(listIdentifiers(text).map(({ kind, value }) => `${kind} ${value}`)).toEqual(expected)
})

test('[RQ41] whatever the text, what is found is found again in itself, and only once', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme', maxLength: 200 }), (text) => {
      const found = listIdentifiers(text)
      const written = found.map(({ value }) => value).join('\n')
      expect(listIdentifiers(`${written}\n${written}`)).toEqual(found)
    }),
  )
})
