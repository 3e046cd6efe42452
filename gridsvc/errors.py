"""What can go wrong in the domain, in Chinese and English. Nothing here knows about HTTP."""

from typing import Any, ClassVar, Literal

Lang = Literal["zh", "en"]


class GridError(Exception):
    """Base of every error the service raises on purpose.

    `facts` fill the sentence and travel along, so that a client need not parse prose.
    """

    zh: ClassVar[str]
    en: ClassVar[str]

    def __init__(self, **facts: Any) -> None:
        super().__init__(facts)
        self.facts = facts

    def say(self, lang: Lang) -> str:
        """The error as one sentence in the reader's language."""
        template = self.zh if lang == "zh" else self.en
        return template.format(**{name: _words(value, lang) for name, value in self.facts.items()})

    def __str__(self) -> str:
        return self.say("en")


def _words(value: Any, lang: Lang) -> Any:
    if isinstance(value, dict) and {"zh", "en"} <= value.keys():
        return value[lang]
    if isinstance(value, list | tuple | set | frozenset):
        return ("、" if lang == "zh" else ", ").join(str(_words(one, lang)) for one in value)
    return value


class NotLoggedIn(GridError):
    zh = "请先登录，或在请求中带上有效的令牌。"
    en = "Log in first, or send a valid token."


class BadLogin(GridError):
    zh = "账号或密码不对。"
    en = "The login or the password is wrong."


class NotPermitted(GridError):
    """The post holds no row that allows this act on this case."""

    zh = "岗位“{post}”无权执行“{act}”。"
    en = "The post {post} may not do {act}."


class UnknownDistrict(GridError):
    zh = "没有辖区“{code}”。"
    en = "There is no district {code}."


class NoEdition(GridError):
    zh = "辖区“{district}”还没有发布网格版本。请先导入并发布。"
    en = "District {district} has no published grid edition yet. Import one and publish it."


class UnknownEdition(GridError):
    zh = "没有第{edition}版网格。"
    en = "There is no edition {edition} of the grid."


class EditionUnsound(GridError):
    """The edition has findings of severity error."""

    zh = "第{edition}版有{count}处错误，不能发布。请按检查结果改正源数据后重新导入。"
    en = "Edition {edition} has {count} errors and cannot be published. Correct and stage again."


class EditionMovedOn(GridError):
    """Another edition was published since this one was compared."""

    zh = "现行版本已是第{edition}版，请重新核对后再发布。没有改变任何内容。"
    en = "Edition {edition} answers by now. Compare again, then publish. Nothing was changed."


class UnknownCase(GridError):
    zh = "没有案件“{case_no}”。"
    en = "There is no case {case_no}."


class UnknownUnit(GridError):
    zh = "现行版本中没有网格单元“{code}”。"
    en = "The current edition has no grid unit {code}."


class UnknownCategory(GridError):
    zh = "没有事项类别“{category}”。"
    en = "There is no category {category}."


class UnknownChannel(GridError):
    zh = "没有上报渠道“{channel}”。"
    en = "There is no channel {channel}."


class UnknownDepartment(GridError):
    zh = "没有部门“{department}”，或该部门已不在有效期内。"
    en = "There is no department {department}, or it is no longer valid."


class UnknownLayer(GridError):
    zh = "没有图层“{layer}”。可用的图层：{known}。"
    en = "There is no layer {layer}. There are: {known}."


class UnknownMove(GridError):
    zh = "没有动作“{move}”。可用的动作：{known}。"
    en = "There is no move {move}. There are: {known}."


class IllegalMove(GridError):
    """The case cannot make this move from its present stage."""

    zh = "案件处于“{stage_name}”，不能“{move_name}”。现在可以：{legal_names}。"
    en = "The case is in {stage_name} and cannot {move_name}. Possible now: {legal_names}."


class MissingField(GridError):
    zh = "“{move_name}”缺少必填项：{fields}。"
    en = "{move_name} needs: {fields}."


class BadField(GridError):
    zh = "“{field}”的值不合要求：{want}。"
    en = "The value of {field} is not acceptable: {want}."


class CaseMovedOn(GridError):
    """Somebody else changed the case since this client read it."""

    zh = "案件已被他人更新（现为第{version}版）。请核对后重新提交，您填写的内容没有保存。"
    en = "Somebody changed the case (now version {version}). Check and send again; not saved."


class SamePerson(GridError):
    """Verification is by somebody else than the one who reported the result."""

    zh = "办结人不能核实自己的结果，请由他人核实。"
    en = "Whoever reported the result cannot verify it. Somebody else must."


class UnknownAnswer(GridError):
    zh = "没有这个查询链接。请核对收到的链接是否完整。"
    en = "There is no such link. See whether the link that you got is whole."


class NotAnswered(GridError):
    zh = "办理结果核实之后才能评价。"
    en = "The answer can be judged once the result has been verified."


class OwnRequest(GridError):
    zh = "申请人不能批准自己的申请，请由他人决定。"
    en = "Whoever asked cannot decide. Somebody else must."


class NothingAsked(GridError):
    zh = (
        "没有可以这样处理的事项：没有待决定的申请，或有多项须指明序号，或案件没有挂账、没有被标记。"
    )
    en = (
        "There is nothing to decide: no request waits, or several do and one must be named, "
        "or the case is neither hung up nor marked."
    )


class AskedAlready(GridError):
    """One request of a kind at a time; an extension counts only so often."""

    zh = "已有同样的申请待决定，或延期次数已用完。"
    en = "The same was asked already and waits, or the time has been extended as often as it may."


class OpenTasks(GridError):
    """Nobody is released, and no case is done, before the tasks are."""

    zh = "“{departments}”的任务还没有完成。"
    en = "Tasks of {departments} are not done yet."


class PhotoNeeded(GridError):
    zh = "此类案件须附照片。"
    en = "Cases of this category need photos."


class TooFarToVerify(GridError):
    zh = "核实须在现场：距案件位置{metres}米，超过{within}米。"
    en = "Verification is on the spot: this is {metres} m from the case, more than {within} m."


class NotCalled(GridError):
    zh = "部门“{department}”没有被本案件吹哨，或已经报到。"
    en = "Department {department} was not called on this case, or has already reported in."


class KeyReused(GridError):
    """The same Idempotency-Key came with another body."""

    zh = "同一个 Idempotency-Key 曾用于内容不同的上报。换一个新的再发送。"
    en = "This Idempotency-Key was used with another body. Send a new key."


class DatumRefused(GridError):
    zh = "坐标（{lon}, {lat}）不在中国境内，不能按{datum}换算。"
    en = "The point ({lon}, {lat}) is not in China; it cannot be read as {datum}."


class UnknownPhoto(GridError):
    zh = "没有照片“{photo}”。"
    en = "There is no photo {photo}."


class PhotoTooLarge(GridError):
    zh = "照片超过{most}兆字节，没有保存。请压缩后再发送。"
    en = "The photo is larger than {most} MB and was not saved. Send a smaller one."


class PhotoTooManyPixels(GridError):
    zh = "照片超过{most}百万像素，没有保存。请缩小后再发送。"
    en = "The photo has more than {most} million pixels and was not saved. Send a smaller one."


class PhotoFormatRefused(GridError):
    zh = "不是可以接收的照片格式，没有保存。可以发送：{known}。"
    en = "Not a photo format that is accepted; it was not saved. Send one of: {known}."


class PhotoUnreadable(GridError):
    """The bytes begin like a photo, and end too early or make no sense."""

    zh = "照片已损坏或不完整，没有保存。请重新拍照或重新发送。"
    en = "The photo is damaged or incomplete and was not saved. Take it or send it again."


class UnknownTable(GridError):
    zh = "没有第{table}号职责表。"
    en = "There is no table of responsibility {table}."


class TableRefused(GridError):
    """Cells of a table that was handed in do not fit; nothing was written."""

    zh = "表格有{count}处问题，没有写入：{faults}。"
    en = "The table has {count} faults; nothing was written: {faults}."


class TablePublished(GridError):
    zh = "第{table}号职责表已发布，不能再改变。请另行上传新表。"
    en = "Table {table} is published and cannot be changed. Hand in a new one."


class TableUntried(GridError):
    """A table is tried before it is published, against what answers then."""

    zh = "第{table}号职责表尚未按现行职责表试算，不能发布。请先试算。"
    en = "Table {table} was not tried against what is published now. Try it first."


class TableUnsound(GridError):
    """Rows of equal rank name different bodies."""

    zh = "第{table}号职责表有{count}处互相矛盾的行，不能发布。请改正后重新上传。"
    en = "Table {table} has {count} contradictions and cannot be published. Correct it first."


class CommitteeMayNotLead(GridError):
    """A community body was named as the responsible one for what rule 28 keeps from it."""

    zh = "规则28：“{body}”属社区组织，不得作为“{category}”的责任主体，只能配合。没有派遣。"
    en = "Rule 28: {body} is a community body and may not lead {category}; only assist. Not sent."


class ConditionsMissing(GridError):
    """A community body assists only with funds and conditions on the record."""

    zh = "规则29：“{body}”属社区组织，请其配合须写明经费与条件。没有派遣。"
    en = "Rule 29: {body} is a community body; state the funds and conditions. Not sent."


class NotAdmitted(GridError):
    """Work outside the community's list that nobody has admitted."""

    zh = "规则30：“{category}”未经社区工作准入，不得交由“{body}”。没有派遣。"
    en = "Rule 30: {category} is not admitted as work of a community, so not of {body}. Not sent."


class UnknownAdmission(GridError):
    zh = "没有第{item}号准入事项。"
    en = "There is no admission item {item}."


class AdmissionIllegal(GridError):
    zh = "第{item}号准入事项处于“{state}”，不能这样办理。"
    en = "Admission item {item} is {state}; this step is not possible."


class AdmissionIncomplete(GridError):
    zh = "规则30：准入须写明权限、对象、权力、期限和经费，缺少：{missing}。没有保存。"
    en = "Rule 30: state authority, object, power, term and funds; missing: {missing}. Not saved."


class AdmissionTooLate(GridError):
    zh = "规则30：临时事项须提前{days}个工作日申请，最早从{soonest}开始。没有保存。"
    en = "Rule 30: apply {days} working days ahead; the first day is {soonest}. Not saved."


class NoLinkedLeader(GridError):
    zh = "此处没有在任的联系领导，无法请其报到。请先在机构人员中登记。没有吹哨。"
    en = "Nobody is the linked leader of this place. Enter one among the parties. Not whistled."


class BadTemplate(GridError):
    zh = "模板不能为空，“$”之后只能是已知的名称；不认识：{names}。可用：{known}。没有保存。"
    en = (
        "A template is never empty and $ names only what is known, not {names}: {known}. Not saved."
    )


class UnknownEndpoint(GridError):
    zh = "没有第{no}号消息通道。"
    en = "There is no message endpoint {no}."


class UnknownMessage(GridError):
    zh = "没有第{message}号待处理的消息：可能已送达，或已有人处理。"
    en = "There is no failed message {message}: it was delivered, or somebody has settled it."


class PartyRefused(GridError):
    """A workbook of departments and posts with cells that cannot be right."""

    zh = "机构人员表有{count}处错误。没有改动任何数据。"
    en = "The workbook of parties has {count} faults. Nothing was changed."


class SitesRefused(GridError):
    """Candidate sites that cannot be right, each fault with its line."""

    zh = "选址候选有{count}处错误。没有改动任何数据。"
    en = "The candidate sites have {count} faults. Nothing was changed."


class UnknownSite(GridError):
    zh = "没有候选地点“{code}”。"
    en = "There is no candidate site {code}."


class UnknownAlert(GridError):
    zh = "没有第{alert}号异常提示。"
    en = "There is no alert {alert}."


class AlertDismissed(GridError):
    zh = "第{alert}号异常提示已由{by}排除，没有再改。"
    en = "Alert {alert} was dismissed by {by} already. Nothing was changed."


class UnknownFacility(GridError):
    zh = "没有设施或设施类型“{code}”。"
    en = "There is no facility, or type of facility, {code}."


class FacilityRefused(GridError):
    """Facilities with figures that cannot be right."""

    zh = "设施资料有{count}处错误。没有改动任何数据。"
    en = "The facilities have {count} faults. Nothing was changed."


class BadCursor(GridError):
    zh = "分页游标无效，请从第一页重新开始。"
    en = "The page cursor is not valid. Begin again at the first page."


class BadInput(GridError):
    """A file or a parameter cannot be used; nothing was changed."""

    zh = "{zh}"
    en = "{en}"


class UnknownModel(GridError):
    zh = "没有第{model}号类别建议模型。"
    en = "There is no suggestion model {model}."


class TooFewCases(GridError):
    """Nothing can be learnt yet."""

    zh = (
        "已分类的案件太少：可用于学习的有{have}件，至少需要{least}件、两个类别，还差{missing}件。"
        "没有改变任何内容。"
    )
    en = (
        "Too few classified cases: {have} can be learnt from, at least {least} in two categories "
        "are needed, {missing} are missing. Nothing was changed."
    )


class Frozen(GridError):
    """The month stands; nothing about it is taken any more."""

    zh = "{month}的考核已于{day}截止，不再受理评分、申诉和改动。没有改变任何内容。"
    en = (
        "The assessments of {month} stand since {day}: ratings, appeals and changes are no longer "
        "taken. Nothing was changed."
    )


class NotYetFrozen(GridError):
    zh = "{month}的考核到{day}才截止，在此之前不能固定。"
    en = "The assessments of {month} are open until {day} and cannot be frozen before."


class AppealsOpen(GridError):
    zh = "{month}还有{count}件申诉没有决定，决定后才能固定。"
    en = "{count} appeals of {month} are not decided yet; it is frozen after that."


class NotAssessed(GridError):
    zh = "案件{case_no}没有对“{body}”的考核可供评分或申诉。"
    en = "Case {case_no} holds no assessment of {body} to rate or appeal against."


class RatedAlready(GridError):
    zh = "本部门已评过案件{case_no}的吹哨，每次吹哨只评一次。"
    en = "The department has rated the whistle of case {case_no}; each is rated once."


class AppealedAlready(GridError):
    zh = "这一项已申诉过或已有决定，每项只受理一次申诉。"
    en = "This figure was appealed against, or the appeal is decided; each is taken once."


class UnknownAppeal(GridError):
    zh = "没有第{appeal}号申诉。"
    en = "There is no appeal {appeal}."


class MissingReason(GridError):
    zh = "请写明理由。没有保存。"
    en = "Give the reason in words. Not saved."


class RulebookMovedOn(GridError):
    """Something of the district's rules was changed since the form was filled."""

    zh = "设置在您打开之后有人改过，请重新读取后再改。没有保存。"
    en = "Somebody changed the settings since you opened them. Read them again. Not saved."


class UnknownIndicator(GridError):
    zh = "没有指标“{indicator}”。"
    en = "There is no indicator {indicator}."


class UnknownCircular(GridError):
    zh = "没有第{no}号留存文件，或没有这种格式。"
    en = "There is no kept document {no} of that format."


class CircularKept(GridError):
    """There is one of that kind and time already, and there is never a second."""

    zh = "{span}的{kind}已经留存，不再制作第二份。"
    en = "The {kind} of {span} is kept already; there is never a second one."


class NoFont(GridError):
    """Documents would come out as empty boxes."""

    zh = "没有找到中文字体，无法制作文件。请安装其中之一（Debian：fonts-noto-cjk）：{families}。"
    en = "No Chinese font was found. Install one of these (Debian: fonts-noto-cjk): {families}."
