package org.keyroll.bench;

/** The invented organisations of two invented cities that the sample files speak of. */
final class SampleOrganisations {
  private SampleOrganisations() {}

  /** Streets for addresses. */
  static final String STREETS = "云桥路 松涛街 长汀路 揽月大道 学府路 港前路 青石巷 芷兰街 望帆路 星槎路 稻香路 双泉街 织锦路 枕流街 开物路 听涛路";

  /** Districts: code, city, district. */
  static final String DISTRICTS =
      """
      880102|青岚市|云麓区
      880103|青岚市|临港新区
      880104|青岚市|枫溪区
      880121|青岚市|望岳县
      880202|澜川市|澜东区
      880203|澜川市|碧湖区
      880221|澜川市|石泽县
      """;

  /**
   * Units of the industry registry: key, name, nature, industry, district, supervisor where it is
   * not the usual one, secrecy level, foreign share/overseas sites/projects/delegations. A dash
   * stands for "not reported".
   */
  static final String OF_INDUSTRY =
      """
      hangyu|云泽航宇动力研究所|institution|defence|880102|-|top_secret|-/1/4/6
      lingxiao|青岚市凌霄特种装备有限公司|enterprise|defence|880104|-|secret|0/2/8/12
      tiegu|青岚市铁鼓（集团）机械制造有限公司|enterprise|defence|880104|-|secret|0/3/12/20
      jinglei|澜川市惊雷防务电子股份有限公司|enterprise|defence|880202|-|secret|0.1/4/15/18
      changgeng|澜川市长庚光电技术有限公司|enterprise|defence|880203|-|secret|-
      xuanjia|青岚市玄甲复合材料有限公司|enterprise|defence|880103|-|confidential|-
      duanhe|青岚市锻河重型铸造有限公司|enterprise|defence|880121|-|confidential|-
      haoyu|澜川市皓羽无人系统有限公司|enterprise|defence|880202|-|confidential|0.35/5/14/16
      zhenyuan|澜川市振源化工机械厂有限责任公司|enterprise|defence|880221|-|-|-
      canglan|云泽沧澜船舶设计研究院|institution|defence|880103|-|secret|-/3/10/22
      minghong|青岚市鸣鸿精密铸件有限公司|enterprise|defence|880121|-|-|0/0/1/2
      suoyuan|澜川市朔原民用爆破器材有限公司|enterprise|defence|880221|-|secret|-
      cehui|云泽省测绘地理信息研究院|institution|research|880102|-|secret|-/2/12/24
      bianzheng|青岚市量子信息与编码研究中心|institution|research|880102|-|top_secret|-/2/18/26
      nongke|青岚市农业科学研究院|institution|research|880121|-|confidential|-/3/18/27
      shengwu|澜川市生物安全研究所|institution|research|880203|-|secret|-/5/19/28
      haiyang|云泽省海洋科学研究所|institution|research|880103|-|secret|-/4/16/24
      diqiu|澜川市深地物理实验中心|institution|research|880221|-|secret|-/1/5/6
      cailiao|青岚市先进材料研究院|institution|research|880104|-|confidential|-/9/20/29
      xitu|云泽省稀散矿产综合利用研究所|institution|research|880221|-|confidential|-/4/15/21
      qixiang|澜川市气象科学研究所|institution|research|880202|-|confidential|-
      zhongyi|青岚市本草药用植物研究所|institution|research|880121|-|none|-
      jisuan|青岚市星槎智能计算研究院有限公司|enterprise|research|880102|-|confidential|0.3/5/15/12
      dianchi|澜川市固态电池联合研究院有限公司|enterprise|research|880202|-|none|0.5/8/16/20
      kexie|青岚市科学技术协会|group|research|880102|-|-|-
      biaozhun|云泽省标准化研究院|institution|research|880102|-|-|-
      huanke|澜川市环境科学研究所|institution|research|880203|-|-|-
      guangpu|澜川市光谱仪器工程中心有限公司|enterprise|research|880203|-|secret|0.2/2/9/7
      yunqiao|青岚市云桥精密仪器有限公司|enterprise|electronics|880102|-|secret|0.25/4/12/15
      xinzhou|青岚市芯舟半导体有限公司|enterprise|electronics|880103|-|confidential|0.4/6/16/18
      lanxin|澜川市岚信通信设备股份有限公司|enterprise|electronics|880202|-|secret|0.15/7/14/18
      tianwei|青岚市天维卫星导航技术有限公司|enterprise|electronics|880102|-|secret|0/3/8/10
      beichen|澜川市北辰密码技术有限公司|enterprise|electronics|880202|-|top_secret|0/0/1/2
      hengxian|青岚市恒弦传感器有限公司|enterprise|electronics|880104|-|confidential|-
      guangyi|澜川市光屹显示科技有限公司|enterprise|electronics|880203|-|none|0.48/7/11/9
      shumai|青岚市数脉数据服务有限公司|enterprise|electronics|880102|-|confidential|-
      lianbang|澜川市联镑软件有限公司|enterprise|electronics|880202|-|confidential|-
      qiming|青岚市启明电子元件厂有限责任公司|enterprise|electronics|880104|-|-|-
      xunhe|青岚市讯和网络工程有限公司|enterprise|electronics|880103|-|-|-
      taixu|澜川市太虚仿真技术有限公司|enterprise|electronics|880202|-|secret|-
      juxin|青岚市聚芯IC封装测试有限公司|enterprise|electronics|880103|-|confidential|-
      muyun|澜川市牧云云计算有限公司|enterprise|electronics|880203|-|-|-
      zhiyao|青岚市智曜机器人股份有限公司|enterprise|electronics|880103|-|-|-
      hongtu|青岚市鸿图地理信息技术有限公司|enterprise|electronics|880102|science-technology|secret|-
      dianwang|青岚市岚电电网调度有限公司|enterprise|energy|880102|-|secret|0/2/6/8
      heneng|云泽望岳核能发电有限公司|enterprise|energy|880121|-|secret|0.1/3/12/20
      shuidian|澜川市石泽水力发电有限公司|enterprise|energy|880221|-|confidential|-
      fengdian|青岚市临港海上风电有限公司|enterprise|energy|880103|-|confidential|0.45/4/12/9
      youqi|云泽省油气管网有限公司|enterprise|energy|880202|-|secret|0/5/14/15
      chuneng|澜川市储能技术有限公司|enterprise|energy|880202|-|confidential|-
      meiqi|澜川市碧湖燃气有限公司|enterprise|energy|880203|-|-|-
      reli|青岚市热力集团有限公司|enterprise|energy|880104|-|-|-
      youku|青岚市港前战略油库有限公司|enterprise|energy|880103|-|secret|-
      guangfu|澜川市澜阳光伏科技有限公司|enterprise|energy|880221|-|-|-
      dianli|澜川市电力设计院有限公司|enterprise|energy|880202|-|confidential|-
      lanbank|青岚市岚江商业银行股份有限公司|enterprise|finance|880102|-|confidential|0.2/4/12/15
      chuanbank|澜川市农村商业银行股份有限公司|enterprise|finance|880202|-|confidential|-
      qingsuan|云泽省支付清算中心有限公司|enterprise|finance|880102|-|secret|0.1/2/7/9
      haitong|青岚市港汇证券股份有限公司|enterprise|finance|880103|-|-|-
      xintuo|澜川市澜信信托有限公司|enterprise|finance|880202|-|-|-
      danbao|青岚市中小企业融资担保有限公司|enterprise|finance|880104|-|-|-
      baoxian|云泽人寿保险股份有限公司|enterprise|finance|880102|-|confidential|0.5/6/10/15
      jiaoyisuo|青岚市大宗商品交易中心有限公司|enterprise|finance|880103|-|confidential|-
      zichan|澜川市国有资产经营有限公司|enterprise|finance|880202|-|secret|-
      zulin|青岚市临港融资租赁有限公司|enterprise|finance|880103|-|none|0.49/2/4/6
      gangwu|青岚市港务集团有限公司|enterprise|transport|880103|-|confidential|0.2/9/16/21
      jichang|云泽青岚国际机场有限公司|enterprise|transport|880104|-|secret|0.1/5/13/18
      ditie|青岚市轨道交通集团有限公司|enterprise|transport|880102|-|confidential|0/2/7/9
      yinhang|青岚市引航站|institution|transport|880103|-|confidential|-/2/16/21
      tielu|澜川市铁路货运有限公司|enterprise|transport|880202|-|confidential|0/3/15/6
      hangdao|云泽省航道管理局|organ|transport|880103|-|confidential|-/1/14/18
      wuliu|青岚市海岳国际物流有限公司|enterprise|transport|880103|-|-|0.5/9/16/10
      kongguan|云泽省空域服务中心|institution|transport|880104|-|secret|-/1/8/12
      gongjiao|澜川市公共交通有限公司|enterprise|transport|880202|-|-|-
      lengyun|澜川市冷链运输有限公司|enterprise|transport|880203|-|-|0.1/0/2/1
      chuanbo|青岚市外轮代理有限公司|enterprise|transport|880103|-|-|0.4/6/18/12
      lanuniv|青岚大学|institution|education|880102|-|secret|-/6/20/30
      gongda|云泽工业大学|institution|education|880202|-|secret|-/5/20/28
      hangyun|青岚海事学院|institution|education|880103|-|confidential|-/5/18/26
      yida|澜川医科大学|institution|education|880203|-|confidential|-
      waiyu|云泽外国语学院|institution|education|880102|-|none|-/9/20/30
      shifan|澜川师范学院|institution|education|880202|-|-|-
      zhiye|青岚市职业技术学院|institution|education|880104|-|-|-
      dangxiao|青岚市行政管理干部学院|institution|education|880102|-|secret|-/0/6/9
      hezuoban|青岚中外合作学院|institution|education|880103|-|-|-
      diyizhong|青岚市第一高级中学|institution|education|880102|-|-|-
      renmin|青岚市人民医院|institution|health|880102|-|confidential|-/3/14/21
      jikong|云泽省疾病预防控制中心|institution|health|880102|-|secret|-/2/12/18
      xueye|青岚市中心血站|institution|health|880104|-|confidential|-/1/9/6
      fuyou|澜川市妇幼保健院|institution|health|880202|-|-|-
      jiyin|澜川市碧湖基因检测有限公司|enterprise|health|880203|-|confidential|0.5/6/18/15
      zhongxin|澜川市中心医院|institution|health|880202|-|confidential|-/5/15/20
      kangfu|青岚市枫溪康复医院有限公司|enterprise|health|880104|-|-|-
      yaojian|云泽省药品检验研究院|institution|health|880103|science-technology|confidential|-/4/14/18
      xianyi|望岳县人民医院|institution|health|880121|-|-|-
      ribao|青岚日报社|institution|media|880102|industry-informatization|confidential|-/4/15/21
      dianshi|云泽广播电视台|institution|media|880102|industry-informatization|secret|-/5/12/18
      chuban|澜川市望潮出版社有限公司|enterprise|media|880202|industry-informatization|-|-
      xinmeiti|青岚市听涛新媒体有限公司|enterprise|media|880103|industry-informatization|-|-
      maoyi|青岚市远槎进出口贸易有限公司|enterprise|trade|880103|-|confidential|0.5/9/18/15
      kuajing|青岚市临港跨境电子商务有限公司|enterprise|trade|880103|-|-|-
      liangshi|云泽省粮食储备有限公司|enterprise|trade|880202|-|secret|-
      kuangchan|澜川市稀土矿产贸易有限公司|enterprise|trade|880221|-|confidential|0.45/7/15/12
      zhanlan|青岚市国际会展有限公司|enterprise|trade|880103|-|-|0.2/6/20/18
      chaoshi|澜川市百禾连锁超市有限公司|enterprise|trade|880203|-|-|-
      yiliao|澜川市康桥医疗器械销售有限公司|enterprise|trade|880202|-|-|-
      fagai|青岚市发展和改革局|organ|other|880102|industry-informatization|secret|-/0/8/12
      waishi|青岚市外事服务中心|institution|other|880102|commerce|secret|-/3/18/30
      danganguan|云泽省档案馆|institution|other|880102|education|secret|-
      ziran|澜川市自然资源局|organ|other|880202|science-technology|secret|-/0/5/9
      shanghui|青岚市对外贸易商会|group|other|880103|commerce|-|-
      shuiwu|澜川市水务局|organ|other|880202|energy|-|-
      renfang|青岚市人防工程设计院有限公司|enterprise|other|880104|industry-informatization|secret|-
      """;

  /**
   * Units that only the enterprise registry knows: key, name, kind as registered, status, district,
   * secrecy level, foreign figures. The kind is written as the registry writes it.
   */
  static final String OF_REGISTRY_ONLY =
      """
      e01|青岚市松涛轴承有限公司|有限责任公司|存续|880104|-|-
      e02|青岚市芷兰纺织有限公司|有限责任公司|存续|880104|-|-
      e03|青岚市长汀食品股份有限公司|股份有限公司|在业|880104|-|-
      e04|澜川市织锦服饰有限公司|有限责任公司|存续|880203|-|-
      e05|澜川市稻香米业有限公司|有限责任公司|存续|880221|-|-
      e06|青岚市双泉饮料有限公司|外商投资企业|存续|880121|-|-
      e07|青岚市枕流文化传播有限公司|有限责任公司|开业|880102|-|-
      e08|青岚市开物模具有限公司|有限责任公司|存续|880104|-|-
      e09|澜川市听雨园林工程有限公司|有限责任公司|存续|880203|-|-
      e10|澜川市白鹭环保设备有限公司|有限责任公司|在业|880202|-|-
      e11|青岚市汇川阀门制造有限公司|国有企业|存续|880121|-|-
      e12|青岚市凤尾竹家具有限公司|有限责任公司|存续|880121|-|-
      e13|澜川市青禾种业有限公司|外商投资企业|存续|880221|confidential|0.45/6/16/15
      e14|青岚市蓝钥信息安全有限公司|有限责任公司|存续|880102|confidential|-/9/19/27
      e15|澜川市默石咨询有限公司|外商投资企业|存续|880202|-|-
      e16|青岚市帆影测量技术有限公司|有限责任公司|存续|880103|secret|0.3/5/15/15
      e17|青岚市锦帆船舶修造有限公司|有限责任公司|存续|880103|-|-
      e18|澜川市雪浪冷饮有限公司|有限责任公司|吊销|880203|-|-
      e19|青岚市古榕餐饮管理有限公司|有限责任公司|注销|880102|-|-
      e20|澜川市石泽采石有限公司|个人独资企业|注销|880221|-|-
      e21|青岚市云麓物业服务有限公司|有限责任公司|存续|880102|-|-
      e22|青岚市云麓家政服务有限公司|有限责任公司|存续|880102|-|-
      e23|澜川市恒泽商贸有限公司|有限责任公司|存续|880202|-|-
      e24|澜川市恒泽商贸股份有限公司|股份有限公司|存续|880203|-|-
      e25|青岚市星槎旅行社有限公司|有限责任公司|存续|880103|-|-
      e26|青岚市远山茶业有限公司|有限责任公司|存续|880121|-|-
      e27|澜川市碧波水产养殖专业合作社|农民专业合作社|存续|880203|-|-
      e28|澜川市禾下蔬菜专业合作社|农民专业合作社|存续|880221|-|-
      e29|青岚市枫溪印刷有限公司|有限责任公司|存续|880104|confidential|-
      e30|青岚市墨池档案数字化有限公司|有限责任公司|存续|880102|secret|-
      e31|澜川市长风快递服务有限公司|有限责任公司|在业|880202|-|-
      e32|澜川市南窗装饰工程有限公司|有限责任公司|存续|880202|-|-
      e33|青岚市橘井药房连锁有限公司|有限责任公司|存续|880102|-|-
      e34|青岚市悦程汽车租赁有限公司|有限责任公司|开业|880104|-|-
      e35|澜川市蒲公英幼教服务有限公司|有限责任公司|存续|880203|-|-
      e36|青岚市晴川广告有限公司|有限责任公司|存续|880102|-|-
      e37|青岚市九歌影视制作有限公司|外商投资企业|存续|880103|-|-
      e38|澜川市铜雀玻璃有限公司|有限责任公司|存续|880221|-|-
      e39|澜川市梧桐人力资源有限公司|有限责任公司|存续|880202|-|-
      e40|青岚市银杏律师事务服务有限公司|有限责任公司|存续|880102|-|-
      e41|青岚市临港保税仓储有限公司|外商投资企业|存续|880103|-|-
      e42|青岚市大桥混凝土有限公司|国有企业|存续|880104|-|-
      e43|澜川市虹溪水泥股份有限公司|股份有限公司|存续|880221|-|-
      e44|澜川市新畴农机销售有限公司|有限责任公司|存续|880221|-|-
      e45|青岚市潮声酒店管理有限公司|外商投资企业|存续|880103|-|-
      e46|青岚市白塔印染厂有限责任公司|有限责任公司|吊销|880104|-|-
      e47|澜川市麦田烘焙有限公司|有限责任公司|存续|880203|-|-
      e48|澜川市瓦蓝涂料有限公司|有限责任公司|存续|880202|-|-
      e49|青岚市石榴籽教育咨询有限公司|有限责任公司|存续|880102|-|-
      e50|青岚市揽月房地产开发有限公司|有限责任公司|存续|880102|-|-
      e51|澜川市沧浪游艇有限公司|外商投资企业|存续|880203|-|-
      e52|澜川市雁回电缆股份有限公司|股份有限公司|存续|880202|-|-
      e53|青岚市铁线莲花卉有限公司|有限责任公司|存续|880121|-|-
      e54|青岚市学府图书发行有限公司|有限责任公司|存续|880102|-|-
      e55|澜川市竹里健康管理有限公司|有限责任公司|存续|880203|-|-
      e56|青岚市青年创业促进会|社会团体法人|存续|880102|-|-
      e57|澜川市软件行业协会|社会团体法人|存续|880202|none|-
      e58|青岚市渔业技术推广站|事业单位法人|存续|880103|-|-
      e59|澜川市公共资源交易中心|事业单位法人|存续|880202|-|-
      e60|青岚市地震监测中心|事业单位法人|存续|880121|confidential|-/2/15/12
      e61|青岚市城市规划编制中心|事业单位法人|存续|880102|secret|-/1/9/9
      e62|澜川市博物馆|事业单位法人|存续|880203|-|-
      e63|青岚市金石典当有限公司|有限责任公司|注销|880102|-|-
      e64|澜川市东篱酒业有限公司|有限责任公司|因合并注销|880221|-|-
      e65|澜川市西畴酒业有限公司|有限责任公司|存续|880221|-|-
      e66|青岚市望帆海鲜加工有限公司|有限责任公司|存续|880103|-|-
      e67|青岚市听涛疗养院有限公司|有限责任公司|存续|880103|-|-
      e68|澜川市月牙泉浴场管理有限公司|有限责任公司|存续|880203|-|-
      e69|青岚市小满园艺有限公司|有限责任公司|在业|880121|-|-
      e70|澜川市芒种农资有限公司|有限责任公司|存续|880221|-|-
      e71|青岚市惊蛰广告策划有限公司|有限责任公司|存续|880102|-|-
      e72|青岚市谷雨茶叶贸易有限公司|有限责任公司|存续|880121|-|-
      e73|澜川市霜降制冷设备有限公司|有限责任公司|存续|880202|-|-
      e74|青岚市白露纯净水有限公司|有限责任公司|存续|880104|-|-
      e75|澜川市清明上河旅游开发有限公司|有限责任公司|存续|880202|-|-
      e76|青岚市立夏空调安装有限公司|有限责任公司|存续|880104|-|-
      """;

  /** Units that enter the registries on the second night; written as {@link #OF_INDUSTRY}. */
  static final String NEW_ON_SECOND_NIGHT =
      """
      tianqiong|青岚市天穹遥感技术有限公司|enterprise|defence|880102|-|secret|-
      juyuan|云泽省聚变能源研究中心|institution|research|880203|-|secret|-
      """;
}
