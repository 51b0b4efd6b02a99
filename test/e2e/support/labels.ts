// What the console calls things, in both languages, as the tests look for them: by the words that a person reads. Codes
// have their words from the mechanism.

import { wordOf } from '@parley/mechanism'

export type Language = 'en' | 'zh-Hans'

const english = {
  pages: 'Pages',
  inbox: 'Inbox',
  notices: 'Notices',
  requests: 'Requests',
  newRequest: 'New request',
  agreement: 'Agreement',
  record: 'Record',
  links: 'Links',
  commands: 'Commands',
  keys: 'Keys',
  signIn: 'Sign in',
  signOut: 'Sign out',
  token: 'Operator’s token',
  otherLanguage: '简体中文',
  menu: 'Menu',

  text: 'Text',
  languageOfText: 'Language of the text',
  translation: 'Translation',
  addTranslation: 'Add a translation',
  addParticular: 'Add a particular (optional)',
  addText: 'Add a text (optional)',
  optional: (field: string) => `${field} (optional)`,
  lookOver: 'Look over before recording',
  leave: 'Leave and keep the draft',
  recordAndSend: 'Record and send',
  backToDraft: 'Back to the draft',
  recordTitle: (deed: string) => `Record: ${deed}?`,
  dismiss: 'Dismiss',

  addEvidence: 'Add evidence',
  raiseCall: 'Raise a call',
  beginDrill: 'Begin a drill',
  drill: 'Drill',
  hotlineRings: 'The hotline rings',
  openCall: 'Open the call',
  message: 'Message',
  send: 'Send',
  onDuty: 'On duty',

  whatYouCanDo: 'What you can do',
  notNow: /^Not now/,
  notYetAdopted: 'Has not adopted it',
  adoptedThis: 'Adopted this text',
  inForce: 'In force',
  notInForce: 'Not in force',

  proof: 'Proof',
  verified: 'Verified in this browser',
  failedSteps: /steps? failed$/,
  failed: 'Failed',
  passed: 'Passed',

  testLink: 'Test the link',
  linkWorks: 'The link works.',
  unreachable: 'Cannot be reached',
  linkFails: 'The link does not work.',
  search: 'Search',
  everyStatus: 'Every status',

  deeds: {
    'agreement.adopted': 'Adopt this text',
    'request.opened': 'Open the request',
    'request.supplemented': 'Supplement the request',
    'request.withdrawn': 'Withdraw the request',
    'request.assessed': 'Assess the answer',
    'request.closed': 'Close the request',
    'request.acknowledged': 'Acknowledge',
    'request.returned': 'Return for completion',
    'request.accepted': 'Accept',
    'request.refused': 'Refuse',
    'request.answered': 'Answer',
    'evidence.given': 'Hand it over',
    'evidence.opened': 'Open the file',
    'evidence.copied': 'Copy the file',
    'evidence.erased': 'Erase our copy',
    'hotline.raised': 'Raise a call',
    'hotline.taken': 'Take the call',
    'hotline.closed': 'Stand down',
    'directory.designated': 'Designate an office',
    'directory.amended': 'Amend an office',
    'directory.rostered': 'Set the week',
    'directory.profiled': 'State the profile',
    'ping.sent': 'Send a ping',
    'ping.answered': 'Answer the ping',
    'entry.opened': 'Confirm that the text was opened',
  },
}

export type Labels = typeof english
export type Deed = keyof Labels['deeds']

const chinese: Labels = {
  pages: '页面',
  inbox: '收件箱',
  notices: '通知',
  requests: '请求',
  newRequest: '新请求',
  agreement: '协议',
  record: '记录',
  links: '链路',
  commands: '命令',
  keys: '快捷键',
  signIn: '登录',
  signOut: '退出登录',
  token: '运维员令牌',
  otherLanguage: 'English',
  menu: '菜单',

  text: '正文',
  languageOfText: '正文语文',
  translation: '译文',
  addTranslation: '添加译文',
  addParticular: '添加一项具体事项（可选）',
  addText: '添加正文（可选）',
  optional: (field) => `${field}（可选）`,
  lookOver: '记录前核对',
  leave: '离开并保留草稿',
  recordAndSend: '记录并发送',
  backToDraft: '返回草稿',
  recordTitle: (deed) => `记录“${deed}”？`,
  dismiss: '关闭',

  addEvidence: '添加证据',
  raiseCall: '发起呼叫',
  beginDrill: '开始演练',
  drill: '演练',
  hotlineRings: '热线振铃',
  openCall: '打开呼叫',
  message: '消息',
  send: '发送',
  onDuty: '值班中',

  whatYouCanDo: '您可以采取的行动',
  notNow: /^现在不能/,
  notYetAdopted: '尚未通过',
  adoptedThis: '已通过此文本',
  inForce: '已生效',
  notInForce: '未生效',

  proof: '证明',
  verified: '已在本浏览器中核验',
  failedSteps: /步未通过$/,
  failed: '未通过',
  passed: '通过',

  testLink: '测试链路',
  linkWorks: '链路正常。',
  unreachable: '无法连接',
  linkFails: '链路不通。',
  search: '搜索',
  everyStatus: '所有状态',

  deeds: {
    'agreement.adopted': '通过此文本',
    'request.opened': '提出请求',
    'request.supplemented': '补充请求',
    'request.withdrawn': '撤回请求',
    'request.assessed': '评估答复',
    'request.closed': '办结请求',
    'request.acknowledged': '确认收到',
    'request.returned': '退回补正',
    'request.accepted': '接受',
    'request.refused': '拒绝',
    'request.answered': '答复',
    'evidence.given': '移交',
    'evidence.opened': '启封文件',
    'evidence.copied': '复制文件',
    'evidence.erased': '删除本方副本',
    'hotline.raised': '发起呼叫',
    'hotline.taken': '接听',
    'hotline.closed': '结束呼叫',
    'directory.designated': '指定单位',
    'directory.amended': '修改单位',
    'directory.rostered': '设定每周值班',
    'directory.profiled': '说明概况',
    'ping.sent': '发出联络测试',
    'ping.answered': '应答联络测试',
    'entry.opened': '确认已开启正文',
  },
}

export function labelsOf(language: Language): Labels {
  return language === 'en' ? english : chinese
}

/** A code's word as a label, such as `refusalGround.security`. */
export function codeLabel(language: Language, key: string): string {
  const word = wordOf(language, key)
  return word.charAt(0).toUpperCase() + word.slice(1)
}
