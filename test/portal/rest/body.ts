import { type Params, parseForm, parseRequest } from './params.ts'

/** A file of a multipart body. */
export interface UploadedFile {
  field: string
  name: string
  bytes: Buffer
}

export interface RequestContent {
  params: Params
  files: UploadedFile[]
}

/**
 * Parameters and files of a request. All methods take JSON, forms, multipart bodies and GET
 * (Bitrix24 docs: settings/how-to-call-rest-api/general-principles.md, data-encoding.md).
 */
export async function readContent(
  query: string,
  contentType: string,
  body: Buffer,
): Promise<RequestContent> {
  if (!contentType.toLowerCase().startsWith('multipart/form-data')) {
    return { params: parseRequest(query, contentType, body.toString('utf8')), files: [] }
  }
  const fields: [string, string][] = []
  const files: UploadedFile[] = []
  for (const [field, value] of await formEntries(contentType, body)) {
    if (typeof value === 'string') fields.push([field, value])
    else files.push({ field, name: value.name, bytes: Buffer.from(await value.arrayBuffer()) })
  }
  return { params: { ...parseRequest(query, '', ''), ...parseForm(fields) }, files }
}

/** A body that isn't what its header says gives nothing. */
async function formEntries(contentType: string, body: Buffer) {
  const response = new Response(new Uint8Array(body), { headers: { 'content-type': contentType } })
  try {
    return [...(await response.formData())]
  } catch {
    return []
  }
}
