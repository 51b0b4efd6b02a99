// 简体中文消息。The Chinese messages: every key of the English ones, or it does not compile.

import { agreement } from './agreement.ts'
import { codes } from './codes.ts'
import { drafts } from './drafts.ts'
import { gallery } from './gallery.ts'
import { hotline } from './hotline.ts'
import { inbox } from './inbox.ts'
import { problems } from './problems.ts'
import { record } from './record.ts'
import { release } from './release.ts'
import { requests } from './requests.ts'
import { shell } from './shell.ts'

export default {
  ...shell,
  ...problems,
  ...requests,
  ...drafts,
  ...release,
  ...inbox,
  ...hotline,
  ...agreement,
  ...record,
  ...codes,
  ...gallery,
} as const
