// Names of states as texts write them in English and in Chinese, one a line: words that may be a party by themselves.

const rows = `
Afghanistan|阿富汗
Albania|阿尔巴尼亚
Algeria|阿尔及利亚
Angola|安哥拉
Argentina|阿根廷
Armenia|亚美尼亚
Australia|澳大利亚|澳
Austria|奥地利|奥
Azerbaijan|阿塞拜疆
Bahrain|巴林
Bangladesh|孟加拉国
Belarus|白俄罗斯
Belgium|比利时|比
Bolivia|玻利维亚
Botswana|博茨瓦纳
Brazil|巴西|巴
Britain|英国|英
Brunei|文莱
Bulgaria|保加利亚
Cambodia|柬埔寨|柬
Cameroon|喀麦隆
Canada|加拿大|加
Chile|智利|智
China|中国|中
Colombia|哥伦比亚
Croatia|克罗地亚
Cuba|古巴
Cyprus|塞浦路斯
Czechia|捷克|捷
Denmark|丹麦|丹
Ecuador|厄瓜多尔
Egypt|埃及|埃
Estonia|爱沙尼亚|爱
Ethiopia|埃塞俄比亚
Fiji|斐济
Finland|芬兰|芬
France|法国|法
Georgia|格鲁吉亚
Germany|德国|德
Ghana|加纳
Greece|希腊|希
Hungary|匈牙利|匈
Iceland|冰岛
India|印度|印
Indonesia|印度尼西亚|印尼
Iran|伊朗|伊
Iraq|伊拉克
Ireland|爱尔兰
Israel|以色列
Italy|意大利|意
Jamaica|牙买加
Japan|日本|日
Jordan|约旦
Kazakhstan|哈萨克斯坦|哈
Kenya|肯尼亚|肯
Korea|韩国|韩
Kuwait|科威特
Kyrgyzstan|吉尔吉斯斯坦
Laos|老挝|老
Latvia|拉脱维亚
Lebanon|黎巴嫩
Lithuania|立陶宛
Luxembourg|卢森堡
Malaysia|马来西亚|马
Maldives|马尔代夫
Malta|马耳他
Mexico|墨西哥|墨
Mongolia|蒙古国|蒙
Morocco|摩洛哥|摩
Mozambique|莫桑比克
Myanmar|缅甸|缅
Namibia|纳米比亚
Nepal|尼泊尔|尼
Netherlands|荷兰|荷
Nigeria|尼日利亚
Norway|挪威|挪
Oman|阿曼
Pakistan|巴基斯坦
Panama|巴拿马
Peru|秘鲁|秘
Philippines|菲律宾|菲
Poland|波兰|波
Portugal|葡萄牙|葡
Qatar|卡塔尔|卡
Romania|罗马尼亚|罗
Russia|俄罗斯|俄
Rwanda|卢旺达|卢
Senegal|塞内加尔
Serbia|塞尔维亚|塞
Singapore|新加坡|新
Slovakia|斯洛伐克
Slovenia|斯洛文尼亚
Spain|西班牙|西
Sweden|瑞典|瑞
Switzerland|瑞士
Tajikistan|塔吉克斯坦
Tanzania|坦桑尼亚
Thailand|泰国|泰
Tunisia|突尼斯
Türkiye|土耳其|土
Turkey|土耳其
Uganda|乌干达
Ukraine|乌克兰|乌
Uruguay|乌拉圭
Uzbekistan|乌兹别克斯坦
Vietnam|越南|越
Zambia|赞比亚
Zimbabwe|津巴布韦`

const table = rows
  .trim()
  .split('\n')
  .map((row) => row.split('|'))

/** One-word names in English, in lower case. Names of several words are found by their pieces: `united`, `kingdom`. */
export const englishCountries = table.map(([english]) => english!.toLowerCase()).join(' ')

export const chineseCountries = [
  ...table.map(([, chinese]) => chinese!),
  '美国',
  '欧盟',
  '南非',
  '新西兰',
  '沙特',
  '阿联酋',
  '朝鲜',
  '东盟',
].join(' ')

/** `中方`, `日方`: the short name of a state with the word for a side. */
export const chineseSides = [
  ...table.flatMap(([, , short]) => (short === undefined ? [] : [short])),
  '美',
  '欧',
  '朝',
  '沙',
  '阿',
  '南',
  '斯里兰卡',
]
  .map((short) => `${short}方`)
  .join(' ')
