"""The extra is installed, and Java is not."""


def break_it(monkeypatch):
    for name in ("SPARK_REMOTE", "JAVA_HOME"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr("custmetrics_cli.engines.cluster.session._is_installed", lambda module: True)
    monkeypatch.setattr("shutil.which", lambda program: None)
