#include "features/features.h"

#include "features/account/account_web.h"
#include "features/admin/admin_web.h"
#include "features/answers_in/answers_in_web.h"
#include "features/archive/archive_web.h"
#include "features/audit/audit_web.h"
#include "features/backup/backup_web.h"
#include "features/bulk/bulk_web.h"
#include "features/calendar/calendar_web.h"
#include "features/call/call_web.h"
#include "features/care/care_web.h"
#include "features/check/check_web.h"
#include "features/clash/clash_web.h"
#include "features/codebook/codebook_web.h"
#include "features/coding/coding_web.h"
#include "features/comment/comment_web.h"
#include "features/contribute/contribute_web.h"
#include "features/date_poll/date_poll_web.h"
#include "features/debate/debate_web.h"
#include "features/embed/embed.h"
#include "features/erasure/erasure_web.h"
#include "features/export/export_web.h"
#include "features/file/file_web.h"
#include "features/form_edit/form_edit_web.h"
#include "features/front/front_web.h"
#include "features/guest/guest_web.h"
#include "features/home/home_web.h"
#include "features/import/import_run_web.h"
#include "features/import/import_web.h"
#include "features/joining/joining_web.h"
#include "features/legal/legal_web.h"
#include "features/letter/letter_web.h"
#include "features/limesurvey/limesurvey_web.h"
#include "features/meeting/meeting_web.h"
#include "features/minor/minor_web.h"
#include "features/moderation/moderation_web.h"
#include "features/near/near_web.h"
#include "features/news/news_web.h"
#include "features/paper/paper_web.h"
#include "features/people/people_web.h"
#include "features/personal/personal_web.h"
#include "features/print/print_web.h"
#include "features/reader/reader_web.h"
#include "features/recent/recent_web.h"
#include "features/recognition/recognition_web.h"
#include "features/record/record_web.h"
#include "features/register/register_web.h"
#include "features/relay/relay_web.h"
#include "features/restitution/restitution_web.h"
#include "features/result/result_web.h"
#include "features/saved/saved_web.h"
#include "features/scheduled/scheduled_web.h"
#include "features/search/search_web.h"
#include "features/setting/setting_web.h"
#include "features/share/share_web.h"
#include "features/shareable/shareable_web.h"
#include "features/shortcut/shortcut_web.h"
#include "features/signup/signup_web.h"
#include "features/site/site_web.h"
#include "features/space/space_web.h"
#include "features/spam/spam_web.h"
#include "features/spreadsheet/spreadsheet_web.h"
#include "features/survey/campaign_web.h"
#include "features/survey/survey_web.h"
#include "features/template/template_web.h"
#include "features/terms/terms_web.h"
#include "features/thanks/thanks_web.h"
#include "features/view/view_web.h"
#include "features/view_edit/view_edit_web.h"

/* One row a feature. The order does not matter: literal segments win over parameters. */
/* clang-format off */
const struct feature *const features[] = {
	&account_feature,
	&admin_feature,
	&archive_feature,
	&audit_feature,
	&backup_feature,
	&bulk_feature,
	&call_feature,
	&calendar_feature,
	&check_feature,
	&clash_feature,
	&comment_feature, &date_poll_feature,
	&codebook_feature,
	&contribute_feature,
	&debate_feature,
	&embed_feature,
	&erasure_feature,
	&export_feature,
	&file_feature,
	&form_edit_feature,
	&front_feature,
	&guest_feature,
	&home_feature,
	&import_run_feature,
	&joining_feature,
	&legal_feature,
	&letter_feature,
	&meeting_feature,
	&minor_feature,
	&moderation_feature,
	&near_feature,
	&news_feature,
	&people_feature,
	&personal_feature,
	&print_feature,
	&recent_feature,
	&care_feature,
	&reader_feature,
	&record_feature,
	&register_feature,
	&saved_feature,
	&scheduled_feature,
	&search_feature,
	&setting_feature,
	&share_feature,
	&shareable_feature,
	&shortcut_feature,
	&signup_feature,
	&site_feature,
	&space_feature,
	&survey_feature,
	&coding_feature,
	&paper_feature,
	&campaign_feature,
	&answers_in_feature,
	&limesurvey_feature,
	&spam_feature,
	&recognition_feature,
	&relay_feature,
	&restitution_feature,
	&result_feature,
	&spreadsheet_feature,
	&import_feature,
	&template_feature,
	&terms_feature,
	&thanks_feature,
	&view_feature,
	&view_edit_feature,
	NULL,
};
/* clang-format on */
