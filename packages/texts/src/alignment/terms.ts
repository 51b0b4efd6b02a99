// Terms of the field in English and Chinese, one a line: what an item of one text and its rendering in another have in common.
// Several renderings of one term stand apart by commas. Longer ones go before shorter ones that they hold.

const rows = `
hotline|热线,专线
high-level joint dialogue|高级别联合对话
dialogue|对话
mechanism|机制
experts group,group of experts,expert group|专家组,专家小组
working group|工作组
committee|委员会
secretariat|秘书处
contact point,point of contact,points of contact,contact points|联络点,联络人
ministerial|部级,部长级
minister|部长
lead|牵头
designat,appoint,nominat|指定,任命
meeting,meet|会议,会晤
establish,set up,creat|建立,设立,成立
intellectual property|知识产权
trade secret|商业秘密,贸易秘密,商业机密
confidential business information|机密商业信息,商业机密信息
theft,misappropriation,steal|窃取,盗用,盗窃
technology transfer,transfer of technology,transfer of intellectual property|技术转让,转让知识产权,转让技术
source code|源代码
encryption,cryptograph|加密,密码
standard|标准
open,openness|公开,开放
transparent,transparency|透明
market-driven|市场驱动,市场主导
balanced|平衡
due process|正当程序
competition|竞争
industrial policy|产业政策
fair|公平
discriminat,nondiscriminatory|歧视
nationality|国籍,国别
cybersecurity,cyber security,network security|网络安全
cybercrime,cyber crime|网络犯罪
malicious|恶意
information and communication,ict|信息通信
wto|世界贸易组织,世贸组织
international norms|国际规范,国际准则
international law|国际法
norms|准则,规范
behavio|行为
narrowly tailored|严格限定范围,小范围
purchase|购买,采购
sale|销售,出售
consult|磋商,征求意见,协商
private sector,industry|私营部门,业界
stakeholder|利益攸关方
innovat|创新
request|请求
assist|协助,援助
respon,answer|答复,回应,响应
timely,good time,promptly,without delay|及时,立即,尽快
investigat|调查
evidence|证据,取证
mitigat|减轻,减少
territory|领土
status|进展,现状
result|结果
updat|通报,最新信息,更新
review|评估,审议,审查
quality|质量
escalat|升级
share,sharing,exchange|共享,交换
malware|恶意软件
indicator|指标
vulnerabilit|漏洞
exercise|演练
seminar,workshop|研讨会
trade|贸易
investment|投资
market|市场
data|数据
privacy|隐私
commercial|商业
company,companies,enterprise|企业,公司
government|政府
critical infrastructure|关键基础设施
export|出口
import|进口
licen|许可
procure|采购
supplier|供应商
confidential|保密,机密
cost|费用
law|法律,法规
report|报告
publish|公布,发布
notify,notif|通报,通知
train|培训
cooperat|合作
united nations,un group,gge|联合国
governmental experts|政府专家组
terroris|恐怖
child|儿童
fraud|诈骗,欺诈
hacking,hack|黑客,攻击
attack|攻击
illegal|非法
advantage|优势
condition of|条件
restrict|限制
positive momentum|积极势头`

export interface Term {
  readonly id: string
  readonly english: readonly string[]
  readonly chinese: readonly string[]
}

export const terms: readonly Term[] = rows
  .trim()
  .split('\n')
  .map((row) => {
    const [english = '', chinese = ''] = row.split('|')
    return { id: english.split(',')[0]!, english: english.split(','), chinese: chinese.split(',') }
  })
