"""PoseSearch normalisation sets: databases whose costs are made comparable with each other."""

import unreal

from gaitway import data_assets, saved_assets
from gaitway.pose_search_schema import require
from gaitway.refusal import Refusal


def write(arguments):
    """Make a set or change it in place, tell its databases of it, read all back and save it."""
    require()
    path = arguments["path"]
    databases = [data_assets.load(one, unreal.PoseSearchDatabase) for one in arguments["databases"]]
    made, created = data_assets.open_or_make(path, unreal.PoseSearchNormalizationSet, arguments["force"])
    with data_assets.undone_on_failure(made, path, created):
        made.set_editor_property("databases", databases)
        if [data_assets.path_of(one) for one in made.get_editor_property("databases")] != arguments["databases"]:
            raise Refusal(
                "bridge/read-back-differs",
                "The normalisation set {} does not read back as it was written, so it was not saved.".format(path),
            )
        data_assets.mark_and_save(made, path, arguments["contentHash"], arguments["sourceName"])
        for one, database in zip(arguments["databases"], databases):
            if data_assets.path_of(database.get_editor_property("normalization_set")) != path:
                saved_assets.check_out(database, one)
                database.set_editor_property("normalization_set", made)
                saved_assets.save(database, one)
    return {"path": path, "created": created}
