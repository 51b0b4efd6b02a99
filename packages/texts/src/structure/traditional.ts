// A small map of traditional to simplified ideographs, one to one, so that places stay where they are. It holds what the
// rules are made of and what such texts often say; other ideographs stand as they are.

const pairs =
  '雙双 兩两 國国 設设 聯联 絡络 點点 線线 熱热 機机 關关 會会 議议 協协 議议 諾诺 確确 認认 應应 當当 須须 將将 對对 話话 級级 別别 與与 參参 導导 領领 產产 業业 權权 術术 轉转 讓让 條条 約约 締缔 網网 絡络 絡络 擊击 竊窃 密密 標标 準准 競竞 爭争 執执 則则 規规 貿贸 易易 資资 備备 錄录 讀读 寫写 歡欢 讚赞 賞赏 進进 開开 關关 閉闭 學学 專专 組组 織织 終终 結结 經经 濟济 統统 總总 綜综 約约 紀纪 給给 絕绝 維维 護护 總总 緩缓 編编 練练 繼继 續续 續续 徵征 誠诚 請请 調调 談谈 論论 證证 據据 評评 譯译 識识 警警 變变 負负 責责 費费 質质 購购 賣卖 贊赞 趨趋 載载 輕轻 輪轮 辦办 邊边 達达 違违 遠远 適适 選选 還还 邀邀 鄰邻 醫医 釋释 鑑鉴 長长 門门 間间 隊队 際际 隨随 險险 隱隐 電电 靈灵 響响 項项 預预 頻频 題题 類类 願愿 顧顾 風风 飛飞 養养 騙骗 驗验 體体 鬆松 黨党 區区 來来 個个 們们 價价 優优 償偿 儘尽 內内 冊册 凍冻 刪删 創创 劃划 動动 務务 勢势 勵励 勞劳 匯汇 單单 員员 問问 啟启 喪丧 嚴严 團团 園园 圍围 圖图 執执 場场 報报 塊块 境境 壓压 壞坏 處处 備备 妥妥 姦奸 嬰婴 孫孙 寧宁 實实 審审 寬宽 寶宝 專专 尋寻 導导 層层 屬属 島岛 幣币 幫帮 幹干 庫库 廣广 廠厂 張张 強强 彈弹 彙汇 後后 徑径 從从 復复 恆恒 惡恶 意意 愛爱 態态 慮虑 慶庆 憑凭 憲宪 戰战 戶户 拋抛 採采 換换 損损 據据 擇择 擔担 擬拟 擴扩 擾扰 攜携 敗败 數数 斷断 時时 暫暂 書书 東东 極极 構构 樣样 樞枢 檔档 檢检 權权 歐欧 歲岁 歷历 歸归 殘残 決决 沒没 況况 減减 測测 準准 溝沟 滅灭 滿满 漢汉 漸渐 濫滥 灣湾 為为 無无 營营 犯犯 狀状 獨独 獲获 現现 環环 畫画 異异 發发 盜盗 監监 盡尽 眾众 確确 礎础 礙碍 禮礼 禍祸 私私 種种 稱称 積积 穩稳 窮穷 範范 節节 簡简 簽签 籌筹 糧粮 糾纠 級级 細细 績绩 羅罗 義义 習习 聞闻 職职 聽听 肅肃 脅胁 腦脑 臨临 舉举 舊旧 藥药 藝艺 虛虚 號号 蓄蓄 虧亏 補补 裝装 複复 覆复 見见 視视 覺觉 覽览 觀观 觸触 訂订 計计 訊讯 討讨 訓训 託托 記记 訪访 許许 訴诉 診诊 註注 詐诈 評评 詢询 試试 該该 詳详 語语 誤误 說说 課课 諒谅 謀谋 謂谓 謹谨 證证 讓让 財财 貢贡 貨货 販贩 貫贯 貴贵 買买 貸贷 賠赔 賬账 賴赖 贈赠 跡迹 踐践 車车 軍军 軟软 較较 輔辅 輸输 農农 連连 週周 運运 過过 遞递 遲迟 遵遵 避避 酌酌 釐厘 針针 鉤钩 銀银 銜衔 銷销 錯错 鍵键 鏈链 閱阅 關关 防防 陸陆 階阶 雖虽 雲云 霧雾 靜静 韓韩 順顺 須须 頒颁 頓顿 領领 顯显 館馆 馬马 駐驻 體体 麼么 黃黄 齊齐 龍龙 澳澳 緬缅 越越 蘇苏 納纳 蘭兰 爾尔 羅罗 葉叶 傳传 份份 侷局 俄俄 價价 於于 並并 佈布 託托 準准 係系 裡里 臺台 遊游 衛卫 託托'

const simplified = new Map<string, string>()
for (const pair of pairs.split(' ')) {
  const [from, to] = pair
  if (from !== to) simplified.set(from!, to!)
}
const traditionalOnly = new Set(simplified.keys())
const simplifiedOnly = new Set([...simplified.values()].filter((form) => !traditionalOnly.has(form)))

/** How many more ideographs are of traditional form than of simplified; negative when it is the other way round. */
export function countForms(text: string): number {
  let sum = 0
  for (const letter of text) {
    if (traditionalOnly.has(letter)) sum += 1
    else if (simplifiedOnly.has(letter)) sum -= 1
  }
  return sum
}

/** The text with the traditional forms that are known in their simplified form. It is exactly as long. */
export function foldTraditional(text: string): string {
  let folded = ''
  for (let at = 0; at < text.length; at++) folded += simplified.get(text[at]!) ?? text[at]!
  return folded
}
