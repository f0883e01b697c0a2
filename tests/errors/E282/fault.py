"""A cluster does not answer."""

from custmetrics_cli.engines import spark

LOG = "26/11/29 14:20:00 ERROR StandaloneSchedulerBackend: Application has been killed. Reason: All masters are unresponsive! Giving up.\n"


def break_it(monkeypatch):
    def start(master, memory, folder, log):
        log.write_text(LOG, "utf-8")
        raise RuntimeError("the context is stopped")

    monkeypatch.setattr(spark, "check_installed", lambda master: None)
    monkeypatch.setattr("custmetrics_cli.engines.cluster.session._start", start)
