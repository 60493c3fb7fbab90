using System.Collections.Concurrent;
using System.CommandLine;
using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace TrainingPortal.Benchmarks.Bare;

/// <summary>
/// <c>bare</c>: the least that can serve an exam on this runtime and database. Kestrel, SQL by hand, a small fixed page;
/// nobody signs in, nothing is refused, no text is translated.
/// </summary>
internal static class BareServer
{
    private const string PersonCookie = "person";

    /// <summary>The cookie that says who somebody is, with the id as the portal's database writes it.</summary>
    public static string CookieOf(Guid person) => $"{PersonCookie}={person.ToString().ToUpperInvariant()}";

    public static Command Create()
    {
        var database = new Option<string>("--database") { Description = "A copy of a portal's database.", Required = true };
        var urls = new Option<string>("--urls") { DefaultValueFactory = _ => "http://127.0.0.1:0" };
        var command = new Command("bare", "Serves the bare baseline; \"attempts\" starts it.") { database, urls };
        command.Hidden = true;
        command.SetAction((parsed, cancellation) => ServeAsync(parsed.GetValue(database)!, parsed.GetValue(urls)!, cancellation));
        return command;
    }

    private static async Task ServeAsync(string file, string urls, CancellationToken cancellation)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.AddFilter("Microsoft.AspNetCore", LogLevel.Warning);
        await using var app = builder.Build();
        app.Urls.Add(urls);
        var pool = new Pool(file);

        app.MapGet("/exams/{slug}", (HttpContext context, string slug) =>
        {
            using var use = pool.Take();
            use.Exam.Enter(Person(context), slug);
            return Page("start", "", "");
        });
        app.MapPost("/exams/{slug}", async (HttpContext context, string slug) =>
        {
            await context.Request.ReadFormAsync();
            BareDraw draw;
            using (var use = pool.Take())
            {
                draw = use.Exam.Draw(Person(context), slug);
            }

            using (var use = await pool.TakeToWriteAsync())
            {
                return Results.Redirect($"/attempts/{use.Exam.Start(draw)}");
            }
        });
        app.MapGet("/attempts/{id}", (HttpContext context, string id, int? q) =>
        {
            using var use = pool.Take();
            var (slot, revision, count) = use.Exam.Page(Person(context), id, q);
            return Page(
                "answer",
                $"<input type=\"hidden\" name=\"Input.Slot\" value=\"{slot}\"><input type=\"hidden\" name=\"Input.Revision\" value=\"{revision}\">" +
                string.Concat(Enumerable.Range(0, 4).Select(place => $"<label><input type=\"radio\" name=\"Input.Answer\" value=\"{place}\"> An answer</label>")),
                $" name=\"Input.Go\" value=\"{(slot < count ? (slot + 1).ToString(CultureInfo.InvariantCulture) : "finish")}\"");
        });
        app.MapPost("/attempts/{id}", async (HttpContext context, string id) =>
        {
            var form = await context.Request.ReadFormAsync();
            var slot = int.Parse(form["Input.Slot"]!, CultureInfo.InvariantCulture);
            using (var use = pool.Take())
            {
                use.Exam.BeforeSave(Person(context), id, slot);
            }

            using (var use = await pool.TakeToWriteAsync())
            {
                use.Exam.Save(id, slot, int.Parse(form["Input.Answer"]!, CultureInfo.InvariantCulture), long.Parse(form["Input.Revision"]!, CultureInfo.InvariantCulture));
            }

            return Results.Redirect(form["Input.Go"] == "finish" ? $"/attempts/{id}/finish" : $"/attempts/{id}?q={form["Input.Go"]}");
        });
        app.MapGet("/attempts/{id}/finish", (HttpContext context, string id) =>
        {
            using var use = pool.Take();
            use.Exam.Page(Person(context), id, null);
            return Page("submit", "", "");
        });
        app.MapPost("/attempts/{id}/finish", async (HttpContext context, string id) =>
        {
            await context.Request.ReadFormAsync();
            BareGrade grade;
            using (var use = pool.Take())
            {
                use.Exam.Page(Person(context), id, null);
                grade = use.Exam.Grade(id);
            }

            using (var use = await pool.TakeToWriteAsync())
            {
                use.Exam.Close(grade);
            }

            return Results.Redirect($"/attempts/{id}/result");
        });
        app.MapGet("/attempts/{id}/result", (HttpContext context, string id) =>
        {
            using var use = pool.Take();
            use.Exam.Result(Person(context), id);
            return Page("none", "", "");
        });
        await app.StartAsync(cancellation);
        await app.WaitForShutdownAsync(cancellation);
    }

    private static string Person(HttpContext context) => context.Request.Cookies[PersonCookie]!;

    private static IResult Page(string form, string fields, string button) => Results.Content(
        $"<!DOCTYPE html><html lang=\"en\"><title>Exam</title><form method=\"post\"><input type=\"hidden\" name=\"_handler\" value=\"{form}\">{fields}<button{button}>Go on</button></form></html>",
        "text/html; charset=utf-8");

    private sealed class Pool(string file)
    {
        private readonly ConcurrentBag<(BareConnection Database, BareExam Exam)> idle = [];

        // One writer at a time is what SQLite allows: waiting for the turn here is cheaper than asking it again and again.
        private readonly SemaphoreSlim turn = new(1);

        public Use Take() => new(this, writes: false);

        public async Task<Use> TakeToWriteAsync()
        {
            await turn.WaitAsync();
            return new Use(this, writes: true);
        }

        internal sealed class Use : IDisposable
        {
            private readonly Pool pool;
            private readonly bool writes;
            private readonly BareConnection database;

            public Use(Pool pool, bool writes)
            {
                this.pool = pool;
                this.writes = writes;
                if (pool.idle.TryTake(out var taken))
                {
                    (database, Exam) = taken;
                }
                else
                {
                    database = new BareConnection(pool.FileName);
                    Exam = new BareExam(database);
                }
            }

            public BareExam Exam { get; }

            public void Dispose()
            {
                pool.idle.Add((database, Exam));
                if (writes)
                {
                    pool.turn.Release();
                }
            }
        }

        private string FileName => file;
    }
}
