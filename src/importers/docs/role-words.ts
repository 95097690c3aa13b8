/** What single sentences about service-linked roles say, by the words that pages use, English and Chinese. */

const CREATES =
  /automatically creat|creat\w* automatically|system creates|role is created|\bcreates (?:a|the) service[- ]linked role|自动[^，。]{0,16}创建|完成[^，。]{0,12}创建/i;
const OCCASION =
  /\b(?:when|if|after|once|first|as soon as|by)\b|时|当|如果|首次|第一次|后|，[^。]{0,20}自动[^，。]{0,16}创建/i;
const NOT_CREATED =
  /cannot|can't|not automatically|only (?:if|by|when)|unable|automatically attached|不能|无法|不会|why|怎么|为什么|自动授权/i;
const EVERY_ROLE = /\beach (?:service[- ]linked )?role\b|\bcorresponding\b|对应的|相应的/i;

/** On which occasion the cloud creates a role. */
export function saysWhenCreated(text: string): boolean {
  return CREATES.test(text) && OCCASION.test(text) && !NOT_CREATED.test(text);
}

/** The same, of every role that the page presents. */
export function saysWhenEachIsCreated(text: string): boolean {
  return EVERY_ROLE.test(text) && saysWhenCreated(text);
}

/** A sentence that means nothing without the one before it. */
export function leansOnSentenceBefore(text: string): boolean {
  return /^(?:in this case|此时|这时|这种情况下)/i.test(text);
}

const AIM =
  /\b(?:allow|enable|authorize)[sd]?\b[^.]{0,80}\bto\b|\bassumes? (?:this|the)\b[^.]{0,60}\bto\b|\buses? (?:this|the)\b[^.]{0,60}\bto\b|可以访问|用于|获取[^。]{0,30}权限|授予[^。]{0,40}权限/i;
const NO_AIM =
  /\brole is authorized\b|\ban Alibaba Cloud service\b|某个?云服务|某些场景|\bRAM users?\b|RAM ?用户|授权策略/i;

/** What a role is for. */
export function saysWhatFor(text: string): boolean {
  return AIM.test(text) && !NO_AIM.test(text);
}

/** What service-linked roles are in general. */
export function isDefinition(text: string): boolean {
  return /service[- ]linked roles? (?:is|are)\b|(?:服务关联角色|SLR)是/i.test(text);
}

const BEFORE_DELETION = /before you (?:can )?delete|must (?:first )?(?:delete|release|remove)/i;
const BEFORE_DELETION_ZH =
  /删除[^。]{0,80}前[，,]?[^。]{0,20}(?:先|需|须|请|确保)|(?:需先|需要先|请先|须先)[^，。]{0,40}(?:删除|释放|清理|关闭|断开|暂停)|请确保[^。]{0,80}(?:才能|方可)[^。]{0,10}删除/;

/** What has to be done before a role can be deleted. */
export function isPrerequisite(text: string): boolean {
  return BEFORE_DELETION.test(text) || (text.includes("删除") && BEFORE_DELETION_ZH.test(text));
}

const DELETION = /delet|删除/i;
const LOSS = /stop|prevent|cannot|can no longer|unable|remove|lose|fail|无法|不能|失败|影响/i;

/** That a role's policy is fixed is no loss. */
const FIXED = /cannot (?:modify|edit)|(?:不能|无法|不可|请勿)修改/i;

/** What is lost with a role. */
export function saysWhatIsLost(text: string): boolean {
  if (FIXED.test(text)) return false;
  const at = text.search(DELETION);
  return /stops? working/i.test(text) || (at !== -1 && LOSS.test(text.slice(at)));
}

/** True for a heading or step that speaks of deletion. */
export function speaksOfDeletion(text: string): boolean {
  return DELETION.test(text);
}
