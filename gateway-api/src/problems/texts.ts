import type { ProblemCode } from './codes.js'

export type Language = 'en' | 'zh'

interface Text {
  readonly title: string
  /** `{name}` is filled from the problem's values. */
  readonly detail: string
}

/** What each code says to a person, and what to do next. */
export const problemTexts: Readonly<Record<ProblemCode, Readonly<Record<Language, Text>>>> = {
  MALFORMED_REQUEST: {
    en: { title: 'Malformed request', detail: 'The request cannot be read: {reason}. Nothing was recorded.' },
    zh: { title: '请求格式错误', detail: '无法读取请求：{reason}。未作任何登记。' },
  },
  INVALID_PARAMETER: {
    en: { title: 'Invalid parameter', detail: '"{name}" must be {expected}.' },
    zh: { title: '参数无效', detail: '参数“{name}”不符合要求：{expected}。' },
  },
  UNAUTHORIZED: {
    en: {
      title: 'Token required',
      detail: 'Send the header "Authorization: Bearer <token>" with the token of this gateway.',
    },
    zh: { title: '需要令牌', detail: '请在请求头 Authorization: Bearer <令牌> 中提供本网关的访问令牌。' },
  },
  FOREIGN_ORIGIN: {
    en: {
      title: 'Foreign origin',
      detail: 'A page of {origin} may not use this gateway. Open the gateway’s own page.',
    },
    zh: { title: '来源不被允许', detail: '来自 {origin} 的网页不得使用本网关，请使用网关自带的页面。' },
  },
  NOT_FOUND: {
    en: { title: 'Not found', detail: 'There is nothing at {path}. The routes are listed in /v1/openapi.json.' },
    zh: { title: '地址不存在', detail: '{path} 不存在。全部接口见 /v1/openapi.json。' },
  },
  DOCUMENT_UNKNOWN: {
    en: {
      title: 'Document unknown',
      detail:
        'This gateway knows no anchor of digest {digest}, and no batch of its own that holds it. One that was anchored elsewhere a moment ago appears when the index has caught up; one in a batch of another gateway is known to that gateway alone.',
    },
    zh: {
      title: '未查到该文件',
      detail:
        '本网关未查到摘要 {digest} 的单独存证，本网关的批次中也没有。若刚由其他单位单独上链，待索引同步后即可查到；若由其他单位成批上链，请向该单位的网关查询。',
    },
  },
  SUBMISSION_UNKNOWN: {
    en: { title: 'Submission unknown', detail: 'This gateway accepted nothing with the place {place}.' },
    zh: { title: '未受理过', detail: '本网关未受理过编号为 {place} 的文件。' },
  },
  RECORD_UNKNOWN: {
    en: {
      title: 'Record unknown',
      detail:
        'This gateway’s index has no record {number}. One that was written a moment ago appears when the index has caught up.',
    },
    zh: { title: '未查到该记录', detail: '本网关的索引中没有记录 {number}。若刚刚写入，待索引同步后即可查到。' },
  },
  TRUST_MISSING: {
    en: {
      title: 'No trust file',
      detail: 'This gateway was started without a trust file. Verify offline with your own.',
    },
    zh: { title: '无信任文件', detail: '本网关启动时未配置信任文件。请用自有的信任文件离线核验。' },
  },
  METHOD_NOT_ALLOWED: {
    en: { title: 'Method not allowed', detail: '{method} is not possible here; possible are {allowed}.' },
    zh: { title: '方法不被允许', detail: '此地址不支持 {method}，可用方法：{allowed}。' },
  },
  NOT_ACCEPTABLE: {
    en: { title: 'Not acceptable', detail: 'The answer here is {produced}; the Accept header excludes it.' },
    zh: { title: '无法按要求的格式返回', detail: '此地址返回 {produced}，与请求头 Accept 不符。' },
  },
  ANCHOR_CONFLICT: {
    en: {
      title: 'Anchor conflict',
      detail:
        'This department already {state} the same file for this project and type with other particulars ({fields}). An anchor is written once: send the same particulars, or anchor a new version that names the old one in "previous".',
    },
    zh: {
      title: '与已有存证冲突',
      detail:
        '本单位已就同一项目、同一类型的同一文件登记了不同的内容（{fields}，状态 {state}）。存证一经写入不可更改：请发送相同内容，或以 previous 字段指明旧版本，另行登记新版本。',
    },
  },
  ANCHOR_PENDING: {
    en: {
      title: 'Not on the chain yet',
      detail: 'The document is {state} at {place}. Evidence exists once it is anchored.',
    },
    zh: { title: '尚未上链', detail: '该文件状态为 {state}，见 {place}。上链后方可生成存证凭证文件。' },
  },
  PAYLOAD_TOO_LARGE: {
    en: {
      title: 'Too large',
      detail: '{what} may have at most {limit} bytes. Send the digests as JSON instead of the file.',
    },
    zh: { title: '内容过大', detail: '{what} 最多 {limit} 字节。可改为以 JSON 提交摘要。' },
  },
  UNSUPPORTED_MEDIA_TYPE: {
    en: { title: 'Unsupported media type', detail: 'Content-Type must be {expected}.' },
    zh: { title: '不支持的内容类型', detail: 'Content-Type 须为 {expected}。' },
  },
  MISDIRECTED_REQUEST: {
    en: {
      title: 'Misdirected request',
      detail:
        'This gateway listens for this machine only and does not answer for host {host}. Use 127.0.0.1, or start it with a token.',
    },
    zh: {
      title: '主机名不符',
      detail: '本网关仅供本机使用，不响应主机名 {host}。请使用 127.0.0.1，或为网关设置令牌。',
    },
  },
  INVALID_DOCUMENT: {
    en: {
      title: 'Invalid document',
      detail: 'The particulars of the document are not valid; "errors" lists each. Nothing was recorded.',
    },
    zh: { title: '文件信息无效', detail: '文件信息不符合要求，errors 中逐项列出。未作任何登记。' },
  },
  ANCHOR_REFUSED: {
    en: {
      title: 'Refused by the chain',
      detail: 'The nodes refused this document: {reason} ({refusal}). Nothing was written to the chain.',
    },
    zh: { title: '链上拒绝', detail: '节点复核未通过：{reason}（{refusal}）。未写入链上。' },
  },
  INTERNAL: {
    en: { title: 'Internal error', detail: 'An error of the gateway. Its log has it under request {request}.' },
    zh: { title: '内部错误', detail: '网关内部错误，日志中的请求编号为 {request}。' },
  },
  QUEUE_FULL: {
    en: {
      title: 'Outbox full',
      detail: '{limit} documents wait for the chain. Nothing was recorded; send this one again later.',
    },
    zh: { title: '待上链队列已满', detail: '待上链队列已有 {limit} 件。本件未登记，请稍后重发。' },
  },
  NETWORK_UNAVAILABLE: {
    en: { title: 'Network unavailable', detail: 'The chain cannot be reached: {reason}. Try again later.' },
    zh: { title: '链网络不可用', detail: '无法连接链网络：{reason}。请稍后重试。' },
  },
  JOURNAL_UNAVAILABLE: {
    en: {
      title: 'Journal unavailable',
      detail:
        'The gateway cannot write its journal, so nothing was accepted. Its operator must free disk space or mend the disk.',
    },
    zh: { title: '登记簿不可写', detail: '网关无法写入登记簿，本件未受理。请运维人员检查磁盘空间。' },
  },
}
