using System.Globalization;
using Microsoft.AspNetCore.Localization;

namespace TrainingPortal.Web.Hosting;

/// <summary>The languages of the interface: the cookie of the language switch decides, then the browser's wish.</summary>
public static class Languages
{
    public static IReadOnlyList<CultureInfo> All { get; } = [CultureInfo.GetCultureInfo("en"), CultureInfo.GetCultureInfo("es")];

    /// <summary>The language that a form names; that of the page where it names none of <see cref="All"/>.</summary>
    public static string Of(string? language) =>
        All.FirstOrDefault(known => known.Name == language)?.Name ?? CultureInfo.CurrentUICulture.TwoLetterISOLanguageName;

    public static IServiceCollection AddPortalLanguages(this IServiceCollection services) => services
        .AddLocalization()
        .Configure<RequestLocalizationOptions>(options =>
        {
            options.DefaultRequestCulture = new RequestCulture(All[0]);
            options.SupportedCultures = [.. All];
            options.SupportedUICultures = [.. All];
        });

    /// <summary>The language switch: a plain form post that sets the cookie and leads back.</summary>
    public static IEndpointRouteBuilder MapLanguageSwitch(this IEndpointRouteBuilder routes)
    {
        routes.MapPost("/account/language", (HttpContext context, [Microsoft.AspNetCore.Mvc.FromForm] string culture, [Microsoft.AspNetCore.Mvc.FromForm] string? returnUrl) =>
        {
            if (All.FirstOrDefault(known => known.Name == culture) is { } chosen)
            {
                context.Response.Cookies.Append(
                    CookieRequestCultureProvider.DefaultCookieName,
                    CookieRequestCultureProvider.MakeCookieValue(new RequestCulture(chosen)),
                    new CookieOptions { MaxAge = TimeSpan.FromDays(400), SameSite = SameSiteMode.Lax, HttpOnly = true, Secure = context.Request.IsHttps, IsEssential = true });
            }

            return TypedResults.LocalRedirect(LocalAddress.OrHome(returnUrl));
        }).AllowAnonymous().ExcludeFromDescription();
        return routes;
    }
}
