using TrainingPortal.BrowserTests.People;

namespace TrainingPortal.BrowserTests.Support;

/// <summary>The tests that need somebody who has passed the exam.</summary>
[CollectionDefinition(Name)]
public sealed class WithAGraduate : ICollectionFixture<Graduate>
{
    public const string Name = "With a graduate";
}

/// <summary>Somebody who has passed the exam, and holds a certificate.</summary>
public sealed class Graduate(RunningPortal portal, Chromium chromium) : IAsyncLifetime
{
    private Device? device;
    private Trainee? trainee;

    /// <summary>As it is printed.</summary>
    public string Serial { get; private set; } = "";

    /// <summary>The passed exam.</summary>
    public Guid AttemptId { get; private set; }

    public Trainee Trainee => trainee ?? throw new InvalidOperationException("Nobody has graduated yet.");

    public async ValueTask InitializeAsync()
    {
        if (chromium.Browser is null)
        {
            return;
        }

        device = await Device.OpenAsync(chromium.Browser, portal.Url, Screen.Phone, scripting: false);
        trainee = await Trainee.RegisterAsync(device, portal, "Zoë Brøndum-Žižek");
        await trainee.PrepareForTheExamAsync();
        var sitting = await trainee.StartAsync(Trainee.Course);
        await sitting.AnswerToTheEndAsync();
        await sitting.HandInAsync();
        AttemptId = sitting.Id;
        Serial = await trainee.OpenCertificateAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (device is not null)
        {
            await device.Page.Context.CloseAsync();
        }
    }
}
