// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.analyzer.browser;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.Writer;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A headless Chromium with one page, driven through its DevTools protocol. */
public final class Chromium implements AutoCloseable {
  private static final JsonMapper MAPPER = JsonMapper.builder().build();
  private static final String LISTENING = "DevTools listening on ";
  private static final long PATIENCE_S = 120;

  private final Process process;
  private final WebSocket socket;
  private final BlockingQueue<JsonNode> messages = new LinkedBlockingQueue<>();
  private final List<JsonNode> events = new ArrayList<>();
  private final String session;
  private int lastId;

  /** Starts it with a profile of its own. */
  public Chromium(Path profile) throws IOException {
    Path log = profile.resolveSibling(profile.getFileName() + ".log");
    ProcessBuilder builder =
        new ProcessBuilder(
                program().orElseThrow().toString(),
                "--headless=new",
                "--no-sandbox", // its user namespaces are not to be had in a container
                "--disable-gpu",
                "--disable-dev-shm-usage",
                "--no-first-run",
                "--disable-component-update",
                "--disable-background-networking",
                "--remote-debugging-port=0",
                "--user-data-dir=" + profile,
                "about:blank")
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .redirectErrorStream(false);
    // What it leaves behind when it is ended is removed with its profile.
    builder.environment().put("TMPDIR", profile.getParent().toString());
    process = builder.start();
    socket =
        HttpClient.newHttpClient()
            .newWebSocketBuilder()
            .buildAsync(URI.create(address(log)), new Listener())
            .join();
    JsonNode targets = browser("Target.getTargets", Map.of());
    String target = null;
    for (JsonNode info : targets.get("targetInfos")) {
      if (info.get("type").stringValue().equals("page")) {
        target = info.get("targetId").stringValue();
      }
    }
    session =
        browser("Target.attachToTarget", Map.of("targetId", target, "flatten", true))
            .get("sessionId")
            .stringValue();
    for (String domain : List.of("Page", "Network", "Runtime", "Log")) {
      call(domain + ".enable", Map.of());
    }
  }

  /** Where it is, if it is anywhere in PATH. */
  static Optional<Path> program() {
    return Stream.of(System.getenv("PATH").split(File.pathSeparator, -1))
        .flatMap(
            directory ->
                Stream.of("chromium", "chromium-browser", "google-chrome")
                    .map(name -> Path.of(directory, name)))
        .filter(Files::isExecutable)
        .findFirst();
  }

  /**
   * It says where it listens, and then hardly anything; the rest is read so that it never waits.
   */
  private String address(Path log) throws IOException {
    BufferedReader err = process.errorReader(UTF_8);
    StringBuilder said = new StringBuilder();
    for (String line = err.readLine(); line != null; line = err.readLine()) {
      said.append(line).append('\n');
      if (line.startsWith(LISTENING)) {
        Thread reader =
            new Thread(
                () -> {
                  try (Writer to = Files.newBufferedWriter(log)) {
                    to.write(said.toString());
                    err.transferTo(to);
                  } catch (IOException e) {
                    // It has ended.
                  }
                });
        reader.setDaemon(true);
        reader.start();
        return line.substring(LISTENING.length());
      }
    }
    throw new IOException("Chromium did not start: " + said);
  }

  /** Opens a file, and waits until it has loaded. */
  public void open(Path file) {
    open(file, 1280, 900);
  }

  /** The same in a window of that size in pixels. */
  public void open(Path file, int width, int height) {
    call(
        "Emulation.setDeviceMetricsOverride",
        Map.of("width", width, "height", height, "deviceScaleFactor", 1, "mobile", false));
    events.clear();
    call("Page.navigate", Map.of("url", file.toUri().toString()));
    await("Page.loadEventFired");
  }

  /** As if the user's machine were set to light or dark. */
  public void prefer(String scheme) {
    call(
        "Emulation.setEmulatedMedia",
        Map.of(
            "media",
            "",
            "features",
            List.of(Map.of("name", "prefers-color-scheme", "value", scheme))));
  }

  /** As on paper. */
  public void print() {
    call("Emulation.setEmulatedMedia", Map.of("media", "print"));
  }

  /** What an expression gives, as JSON; a promise is waited for. */
  public JsonNode evaluate(String expression) {
    JsonNode answer =
        call(
            "Runtime.evaluate",
            Map.of("expression", expression, "returnByValue", true, "awaitPromise", true));
    if (answer.has("exceptionDetails")) {
      throw new AssertionError(answer.get("exceptionDetails").toString());
    }
    return answer.get("result").path("value");
  }

  public String text(String expression) {
    return evaluate(expression).stringValue();
  }

  public int number(String expression) {
    return evaluate(expression).intValue();
  }

  /** Presses a key as a person would; it goes where the focus is. */
  public void press(String key, int code) {
    String text = key.length() == 1 ? key : "";
    for (String type : List.of(text.isEmpty() ? "rawKeyDown" : "keyDown", "keyUp")) {
      call(
          "Input.dispatchKeyEvent",
          Map.of("type", type, "key", key, "text", text, "windowsVirtualKeyCode", code));
    }
    settle();
  }

  /** Waits until what was scheduled for the next frames has been drawn. */
  public void settle() {
    evaluate("new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))");
  }

  /** What is in sight, as PNG. */
  public byte[] screenshot() {
    return Base64.getDecoder()
        .decode(call("Page.captureScreenshot", Map.of("format", "png")).get("data").stringValue());
  }

  /** The page on paper. */
  public byte[] pdf() {
    return Base64.getDecoder().decode(call("Page.printToPDF", Map.of()).get("data").stringValue());
  }

  /** Every address that was asked for since the page was opened, and what else was noticed. */
  public List<String> requests() {
    return of("Network.requestWillBeSent", event -> event.at("/request/url").asString());
  }

  /** Errors, warnings, refusals of the page's policy, and dialogs. */
  public List<String> complaints() {
    List<String> complaints = new ArrayList<>();
    complaints.addAll(of("Runtime.exceptionThrown", JsonNode::toString));
    complaints.addAll(of("Runtime.consoleAPICalled", JsonNode::toString));
    complaints.addAll(of("Log.entryAdded", JsonNode::toString));
    complaints.addAll(of("Page.javascriptDialogOpening", JsonNode::toString));
    return complaints;
  }

  private List<String> of(String method, Function<JsonNode, String> what) {
    settle(); // what happened before is in the queue then
    return events.stream()
        .filter(event -> event.path("method").asString("").equals(method))
        .map(event -> what.apply(event.get("params")))
        .toList();
  }

  private void await(String method) {
    while (events.stream().noneMatch(event -> event.path("method").asString("").equals(method))) {
      events.add(next());
    }
  }

  private JsonNode call(String method, Map<String, ?> params) {
    return send(Map.of("id", ++lastId, "method", method, "params", params, "sessionId", session));
  }

  private JsonNode browser(String method, Map<String, ?> params) {
    return send(Map.of("id", ++lastId, "method", method, "params", params));
  }

  private JsonNode send(Map<String, ?> message) {
    socket.sendText(MAPPER.writeValueAsString(message), true).join();
    while (true) {
      JsonNode next = next();
      if (next.path("id").asInt(0) == lastId) {
        if (next.has("error")) {
          throw new AssertionError(message.get("method") + ": " + next.get("error"));
        }
        return next.get("result");
      }
      events.add(next);
    }
  }

  private JsonNode next() {
    try {
      JsonNode message = messages.poll(PATIENCE_S, TimeUnit.SECONDS);
      if (message == null) {
        throw new AssertionError("Chromium does not answer");
      }
      return message;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() {
    socket.abort();
    List<ProcessHandle> all = new ArrayList<>(process.descendants().toList());
    all.add(process.toHandle());
    all.forEach(ProcessHandle::destroyForcibly);
    process.onExit().join();
  }

  /** Puts together messages that come in parts. */
  private final class Listener implements WebSocket.Listener {
    private final StringBuilder text = new StringBuilder();

    @Override
    public CompletionStage<?> onText(WebSocket from, CharSequence part, boolean last) {
      text.append(part);
      if (last) {
        messages.add(MAPPER.readTree(text.toString()));
        text.setLength(0);
      }
      from.request(1);
      return null;
    }
  }
}
